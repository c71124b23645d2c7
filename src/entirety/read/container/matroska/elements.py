"""Names, numbers and types of the elements of EBML and Matroska, from RFC 8794 and RFC 9559, with those of older files.

Older writers and programs know some of them by other names (`SegmentUID`, `TimecodeScale`, `FileMimeType`); the names here are
those of the RFC.
"""

from dataclasses import dataclass

# Parent, then id, type and name of what stands in it. m: holds other elements, u and i: number, f: float, s and 8: text,
# d: date, b: bytes.
_TABLE = """
: 1A45DFA3 m EBML, 18538067 m Segment
*: EC b Void, BF b CRC-32
EBML: 4286 u EBMLVersion, 42F7 u EBMLReadVersion, 42F2 u EBMLMaxIDLength, 42F3 u EBMLMaxSizeLength, 4282 s DocType
EBML: 4287 u DocTypeVersion, 4285 u DocTypeReadVersion, 4281 m DocTypeExtension
DocTypeExtension: 4283 s DocTypeExtensionName, 4284 u DocTypeExtensionVersion
Segment: 114D9B74 m SeekHead, 1549A966 m Info, 1F43B675 m Cluster, 1654AE6B m Tracks, 1C53BB6B m Cues
Segment: 1941A469 m Attachments, 1043A770 m Chapters, 1254C367 m Tags
SeekHead: 4DBB m Seek
Seek: 53AB b SeekID, 53AC u SeekPosition
Info: 73A4 b SegmentUUID, 7384 8 SegmentFilename, 3CB923 b PrevUUID, 3C83AB 8 PrevFilename, 3EB923 b NextUUID
Info: 3E83BB 8 NextFilename, 4444 b SegmentFamily, 6924 m ChapterTranslate, 2AD7B1 u TimestampScale, 4489 f Duration
Info: 4461 d DateUTC, 7BA9 8 Title, 4D80 8 MuxingApp, 5741 8 WritingApp
ChapterTranslate: 69FC u ChapterTranslateEditionUID, 69BF u ChapterTranslateCodec, 69A5 b ChapterTranslateID
Cluster: E7 u Timestamp, 5854 m SilentTracks, A7 u Position, AB u PrevSize, A3 b SimpleBlock, A0 m BlockGroup
Cluster: AF b EncryptedBlock
SilentTracks: 58D7 u SilentTrackNumber
BlockGroup: A1 b Block, A2 b BlockVirtual, 75A1 m BlockAdditions, 9B u BlockDuration, FA u ReferencePriority
BlockGroup: FB i ReferenceBlock, FD i ReferenceVirtual, A4 b CodecState, 75A2 i DiscardPadding, 8E m Slices
Tracks: AE m TrackEntry
TrackEntry: D7 u TrackNumber, 73C5 u TrackUID, 83 u TrackType, B9 u FlagEnabled, 88 u FlagDefault, 55AA u FlagForced
TrackEntry: 55AB u FlagHearingImpaired, 55AC u FlagVisualImpaired, 55AD u FlagTextDescriptions, 55AE u FlagOriginal
TrackEntry: 55AF u FlagCommentary, 9C u FlagLacing, 6DE7 u MinCache, 6DF8 u MaxCache, 23E383 u DefaultDuration
TrackEntry: 234E7A u DefaultDecodedFieldDuration, 23314F f TrackTimestampScale, 537F i TrackOffset
TrackEntry: 55EE u MaxBlockAdditionID, 41E4 m BlockAdditionMapping, 536E 8 Name, 22B59C s Language
TrackEntry: 22B59D s LanguageBCP47, 86 s CodecID, 63A2 b CodecPrivate, 258688 8 CodecName, 7446 u AttachmentLink
TrackEntry: 3A9697 8 CodecSettings, 3B4040 s CodecInfoURL, 26B240 s CodecDownloadURL, AA u CodecDecodeAll
TrackEntry: 6FAB u TrackOverlay, 56AA u CodecDelay, 56BB u SeekPreRoll, 6624 m TrackTranslate, E0 m Video, E1 m Audio
TrackEntry: E2 m TrackOperation, C0 u TrickTrackUID, C1 b TrickTrackSegmentUID, C6 u TrickTrackFlag
TrackEntry: C7 u TrickMasterTrackUID, C4 b TrickMasterTrackSegmentUID, 6D80 m ContentEncodings
BlockAdditionMapping: 41F0 u BlockAddIDValue, 41A4 s BlockAddIDName, 41E7 u BlockAddIDType, 41ED b BlockAddIDExtraData
TrackTranslate: 66FC u TrackTranslateEditionUID, 66BF u TrackTranslateCodec, 66A5 b TrackTranslateTrackID
Video: 9A u FlagInterlaced, 9D u FieldOrder, 53B8 u StereoMode, 53C0 u AlphaMode, 53B9 u OldStereoMode, B0 u PixelWidth
Video: BA u PixelHeight, 54AA u PixelCropBottom, 54BB u PixelCropTop, 54CC u PixelCropLeft, 54DD u PixelCropRight
Video: 54B0 u DisplayWidth, 54BA u DisplayHeight, 54B2 u DisplayUnit, 54B3 u AspectRatioType, 2EB524 b UncompressedFourCC
Video: 2FB523 f GammaValue, 2383E3 f FrameRate, 55B0 m Colour, 7670 m Projection
Colour: 55B1 u MatrixCoefficients, 55B2 u BitsPerChannel, 55B3 u ChromaSubsamplingHorz, 55B4 u ChromaSubsamplingVert
Colour: 55B5 u CbSubsamplingHorz, 55B6 u CbSubsamplingVert, 55B7 u ChromaSitingHorz, 55B8 u ChromaSitingVert, 55B9 u Range
Colour: 55BA u TransferCharacteristics, 55BB u Primaries, 55BC u MaxCLL, 55BD u MaxFALL, 55D0 m MasteringMetadata
MasteringMetadata: 55D1 f PrimaryRChromaticityX, 55D2 f PrimaryRChromaticityY, 55D3 f PrimaryGChromaticityX
MasteringMetadata: 55D4 f PrimaryGChromaticityY, 55D5 f PrimaryBChromaticityX, 55D6 f PrimaryBChromaticityY
MasteringMetadata: 55D7 f WhitePointChromaticityX, 55D8 f WhitePointChromaticityY, 55D9 f LuminanceMax, 55DA f LuminanceMin
Projection: 7671 u ProjectionType, 7672 b ProjectionPrivate, 7673 f ProjectionPoseYaw, 7674 f ProjectionPosePitch
Projection: 7675 f ProjectionPoseRoll
Audio: B5 f SamplingFrequency, 78B5 f OutputSamplingFrequency, 9F u Channels, 7D7B b ChannelPositions, 6264 u BitDepth
Audio: 52F1 u Emphasis
TrackOperation: E3 m TrackCombinePlanes, E9 m TrackJoinBlocks
TrackCombinePlanes: E4 m TrackPlane
TrackPlane: E5 u TrackPlaneUID, E6 u TrackPlaneType
TrackJoinBlocks: ED u TrackJoinUID
ContentEncodings: 6240 m ContentEncoding
ContentEncoding: 5031 u ContentEncodingOrder, 5032 u ContentEncodingScope, 5033 u ContentEncodingType
ContentEncoding: 5034 m ContentCompression, 5035 m ContentEncryption
ContentCompression: 4254 u ContentCompAlgo, 4255 b ContentCompSettings
ContentEncryption: 47E1 u ContentEncAlgo, 47E2 b ContentEncKeyID, 47E7 m ContentEncAESSettings, 47E3 b ContentSignature
ContentEncryption: 47E4 b ContentSigKeyID, 47E5 u ContentSigAlgo, 47E6 u ContentSigHashAlgo
ContentEncAESSettings: 47E8 u AESSettingsCipherMode
Cues: BB m CuePoint
CuePoint: B3 u CueTime, B7 m CueTrackPositions
CueTrackPositions: F7 u CueTrack, F1 u CueClusterPosition, F0 u CueRelativePosition, B2 u CueDuration
CueTrackPositions: 5378 u CueBlockNumber, EA u CueCodecState, DB m CueReference
Attachments: 61A7 m AttachedFile
AttachedFile: 467E 8 FileDescription, 466E 8 FileName, 4660 s FileMediaType, 465C b FileData, 46AE u FileUID
AttachedFile: 4675 b FileReferral, 4661 u FileUsedStartTime, 4662 u FileUsedEndTime
Chapters: 45B9 m EditionEntry
EditionEntry: 45BC u EditionUID, 45BD u EditionFlagHidden, 45DB u EditionFlagDefault, 45DD u EditionFlagOrdered
EditionEntry: 4520 m EditionDisplay, B6 m ChapterAtom
EditionDisplay: 4521 8 EditionString, 45E4 s EditionLanguageIETF
ChapterAtom: 73C4 u ChapterUID, 5654 8 ChapterStringUID, 91 u ChapterTimeStart, 92 u ChapterTimeEnd, 98 u ChapterFlagHidden
ChapterAtom: 4598 u ChapterFlagEnabled, 6E67 b ChapterSegmentUUID, 4588 u ChapterSkipType, 6EBC u ChapterSegmentEditionUID
ChapterAtom: 63C3 u ChapterPhysicalEquiv, 8F m ChapterTrack, 80 m ChapterDisplay, 6944 m ChapProcess
ChapterTrack: 89 u ChapterTrackUID
ChapterDisplay: 85 8 ChapString, 437C s ChapLanguage, 437D s ChapLanguageBCP47, 437E s ChapCountry
ChapProcess: 6955 u ChapProcessCodecID, 450D b ChapProcessPrivate, 6911 m ChapProcessCommand
ChapProcessCommand: 6922 u ChapProcessTime, 6933 b ChapProcessData
Tags: 7373 m Tag
Tag: 63C0 m Targets, 67C8 m SimpleTag
Targets: 68CA u TargetTypeValue, 63CA s TargetType, 63C5 u TagTrackUID, 63C9 u TagEditionUID, 63C4 u TagChapterUID
Targets: 63C6 u TagAttachmentUID
SimpleTag: 45A3 8 TagName, 447A s TagLanguage, 447B s TagLanguageBCP47, 4484 u TagDefault, 44B4 u TagDefaultBogus
SimpleTag: 4487 8 TagString, 4485 b TagBinary
"""


@dataclass(frozen=True, slots=True)
class Element:
    """What the standard says about one kind of element."""

    id: int
    kind: str
    form: str
    parent: str


def _elements() -> tuple[Element, ...]:
    found: list[Element] = []
    for line in _TABLE.strip().splitlines():
        parent, _, entries = line.partition(":")
        for entry in entries.split(","):
            number, form, kind = entry.split()
            found.append(Element(int(number, 16), kind, form, parent))
    return tuple(found)


_ALL = _elements()
BY_ID = {element.id: element for element in _ALL}
BY_KIND = {element.kind: element for element in _ALL}
ANYWHERE = "*"
"""Parent of elements that may stand in any other."""
RECURSIVE = frozenset(("SimpleTag", "ChapterAtom"))
"""May hold others of their own kind."""
RUNS = frozenset(("SimpleBlock", "BlockGroup", "EncryptedBlock", "CuePoint"))
"""So many of these that neighbours are listed as one."""
ROOTS = frozenset(("EBML", "Segment"))
TOP = frozenset(element.kind for element in _ALL if element.parent == "Segment")
"""Children of the Segment; RFC 9559 calls them top-level elements."""
