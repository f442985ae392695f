"""Words that say nothing about a problem, German and English."""

STOP_WORDS = frozenset(
    """
    aber alle als also am an auch auf aus bei beim bin bis da damit dann das dass dem den der des die dies diese dieser
    dieses doch dort du durch ein eine einem einen einer eines er es etwas für fuer gegen haben hat hatte hier ich ihr
    ihre im in ist ja jetzt kann kein keine man mehr mein mich mir mit nach nicht noch nun nur ob oder schon sehr sein
    seine sich sie sind so um und uns unser unter vom von vor war was weil wenn wer wie wir wird wurde zu zum zur über
    ueber
    the and or of to is it in that this for with on be are was were as by at from an if have has had not but they you
    your we our its he she them their there when which will would can could should do does did been then than so my me
    hilfe bitte danke dringend sofort hallo help please thanks urgent asap hello hi
    no any all also into out up about some after before
    """.split()
)
