"""The problems of the journeys E-2 to E-5, as people put them; E-1 is the demo's own."""

E_2 = (
    "Maschinenbauer meldet: In Rechnungen fehlen ganze Positionen, Auftragsdaten falsch zusammengesetzt, "
    "Materialverfügbarkeit in der Produktion stimmt nicht."
)
E_3 = "Santino: ReFS-Fragmentierung, Leistung kritisch; Defragmentieren schon versucht, unmöglich. Ist das normal?"
E_4 = "P3: KANBAN-Abruf hängt manchmal in der Warteschlange, Lösung in 3 Tagen reicht"
E_5 = "Schnittstelle zu Leitstand Modell 1987, OPC klassisch"
