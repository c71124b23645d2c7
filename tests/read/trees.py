"""Small box trees as published sets have them, written by hand."""

XMP_AS_TEXT = bytes.fromhex("be7acfcb97a942e89c71999491e3afac").decode("utf-8", "replace")
UUID = f'<uuid-3 type="uuid" userType="{XMP_AS_TEXT}" contentLenght="30" count="0" />'


def tree(
    *top: str,
    brand: str = "isom",
    minor: str = "0",
    name: str = "VideoHandle",
    flags: int = 7,
    group: int = 0,
    kind: str = "vide",
) -> bytes:
    """A file with one track; `top` are the elements at top level after `ftyp`, the word `moov` standing for the movie header."""
    day = "Fri Jul 31 10:15:11 CEST 2015"
    moov = f"""<moov-3 stuff="MovieBox[]" count="0">
      <mvhd-1 creationTime="{day}" timescale="1000" duration="72171" version="0" flags="0" count="0" />
      <udta-2 stuff="UserDataBox[]" count="0">
        <abcd-1 stuff="com.coremedia.iso.boxes.UnknownBox[abcd]@12bb4df8" count="0" />
        <mak-2 stuff="com.coremedia.iso.boxes.UnknownBox[©mak]@3d24753a" count="0" />
        <xyz-3 gpscoords="+43.9337+011.4597/" count="0" />
      </udta-2>
      <trak-3 stuff="TrackBox[]" count="0">
        <tkhd-1 creationTime="{day}" trackId="1" duration="71866" alternateGroup="{group}" version="0" flags="{flags}" />
        <mdia-2 stuff="MediaBox[]" count="0">
          <mdhd-1 creationTime="{day}" timescale="90000" duration="6467942" language="und" count="0" />
          <hdlr-2 handlerType="{kind}" name="{name}" version="0" flags="0" count="0" />
          <minf-3 stuff="MediaInformationBox[]" count="0"><vmhd-1 /><dinf-2><dref-1><url-1 /></dref-1></dinf-2></minf-3>
        </mdia-2>
      </trak-3>
    </moov-3>"""
    parts = "".join(moov if part == "moov" else part for part in top)
    text = f"""<?xml version="1.0" encoding="UTF-8"?>
<root modelName="phoneBrandName">
  <ftyp-1 majorBrand="{brand}" minorVersion="{minor}" compatibleBrand_1="{brand}" compatibleBrand_2="3gp4" count="0" />
  {parts}
</root>"""
    return text.encode()


MDAT = '<mdat-2 size="108108862" count="0" />'
FREE = "<free-2 />"
PHONE = tree(MDAT, "moov")
"""As Android writes."""
COPIED = tree(FREE, MDAT, "moov", name="SoundHandler", flags=3, group=1, kind="soun")
"""As libavformat writes, with a brand that it does not choose by itself."""
NOTED = tree("moov", UUID, MDAT)
"""PHONE after ExifTool."""
ODD = tree("moov", MDAT, name="Camera")
"""As nobody writes that we know."""
