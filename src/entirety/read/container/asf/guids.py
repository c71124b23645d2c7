"""Names of the objects in an ASF file, by the 16 bytes they begin with (ASF Specification 01.20.05, chapter 10)."""

HEADER, DATA, HEADER_EXTENSION = "ASF_Header_Object", "ASF_Data_Object", "ASF_Header_Extension_Object"
FILE_PROPERTIES, STREAM_PROPERTIES = "ASF_File_Properties_Object", "ASF_Stream_Properties_Object"
CODEC_LIST, CONTENT = "ASF_Codec_List_Object", "ASF_Content_Description_Object"
EXTENDED_CONTENT = "ASF_Extended_Content_Description_Object"
METADATA, METADATA_LIBRARY = "ASF_Metadata_Object", "ASF_Metadata_Library_Object"

_OBJECTS = {
    "75B22630-668E-11CF-A6D9-00AA0062CE6C": HEADER,
    "75B22636-668E-11CF-A6D9-00AA0062CE6C": DATA,
    "33000890-E5B1-11CF-89F4-00A0C90349CB": "ASF_Simple_Index_Object",
    "D6E229D3-35DA-11D1-9034-00A0C90349BE": "ASF_Index_Object",
    "FEB103F8-12AD-4C64-840F-2A1D2F7AD48C": "ASF_Media_Object_Index_Object",
    "3CB73FD0-0C4A-4803-953D-EDF7B6228F0C": "ASF_Timecode_Index_Object",
    "8CABDCA1-A947-11CF-8EE4-00C00C205365": FILE_PROPERTIES,
    "B7DC0791-A9B7-11CF-8EE6-00C00C205365": STREAM_PROPERTIES,
    "5FBF03B5-A92E-11CF-8EE3-00C00C205365": HEADER_EXTENSION,
    "86D15240-311D-11D0-A3A4-00A0C90348F6": CODEC_LIST,
    "1EFB1A30-0B62-11D0-A39B-00A0C90348F6": "ASF_Script_Command_Object",
    "F487CD01-A951-11CF-8EE6-00C00C205365": "ASF_Marker_Object",
    "D6E229DC-35DA-11D1-9034-00A0C90349BE": "ASF_Bitrate_Mutual_Exclusion_Object",
    "75B22635-668E-11CF-A6D9-00AA0062CE6C": "ASF_Error_Correction_Object",
    "75B22633-668E-11CF-A6D9-00AA0062CE6C": CONTENT,
    "D2D0A440-E307-11D2-97F0-00A0C95EA850": EXTENDED_CONTENT,
    "2211B3FA-BD23-11D2-B4B7-00A0C955FC6E": "ASF_Content_Branding_Object",
    "7BF875CE-468D-11D1-8D82-006097C9A2B2": "ASF_Stream_Bitrate_Properties_Object",
    "2211B3FB-BD23-11D2-B4B7-00A0C955FC6E": "ASF_Content_Encryption_Object",
    "298AE614-2622-4C17-B935-DAE07EE9289C": "ASF_Extended_Content_Encryption_Object",
    "2211B3FC-BD23-11D2-B4B7-00A0C955FC6E": "ASF_Digital_Signature_Object",
    "1806D474-CADF-4509-A4BA-9AABCB96AAE8": "ASF_Padding_Object",
    "14E6A5CB-C672-4332-8399-A96952065B5A": "ASF_Extended_Stream_Properties_Object",
    "A08649CF-4775-4670-8A16-6E35357566CD": "ASF_Advanced_Mutual_Exclusion_Object",
    "D1465A40-5A79-4338-B71B-E36B8FD6C249": "ASF_Group_Mutual_Exclusion_Object",
    "D4FED15B-88D3-454F-81F0-ED5C45999E24": "ASF_Stream_Prioritization_Object",
    "A69609E6-517B-11D2-B6AF-00C04FD908E9": "ASF_Bandwidth_Sharing_Object",
    "7C4346A9-EFE0-4BFC-B229-393EDE415C85": "ASF_Language_List_Object",
    "C5F8CBEA-5BAF-4877-8467-AA8C44FA4CCA": METADATA,
    "44231C94-9498-49D1-A141-1D134E457054": METADATA_LIBRARY,
    "D6E229DF-35DA-11D1-9034-00A0C90349BE": "ASF_Index_Parameters_Object",
    "6B203BAD-3F11-48E4-ACA8-D7613DE2CFA7": "ASF_Media_Object_Index_Parameters_Object",
    "F55E496D-9797-4B5D-8C8B-604DFE9BFB24": "ASF_Timecode_Index_Parameters_Object",
    "26F18B5D-4584-47EC-9F5F-0E651F0452C9": "ASF_Compatibility_Object",
    "43058533-6981-49E6-9B74-AD12CB86D58C": "ASF_Advanced_Content_Encryption_Object",
}
_STREAMS = {
    "F8699E40-5B4D-11CF-A8FD-00805F5C442B": "audio",
    "BC19EFC0-5B4D-11CF-A8FD-00805F5C442B": "video",
    "59DACFC0-59E6-11D0-A3AC-00A0C90348F6": "commands",
    "B61BE100-5B4E-11CF-A8FD-00805F5C442B": "JFIF pictures",
    "3AFB65E2-47EF-40F2-AC2C-70A90D71D343": "binary",
}


def guid_text(raw: bytes) -> str:
    """16 stored bytes as an identifier is printed: the first three groups are stored with the low byte first."""
    groups = raw[3::-1], raw[5:3:-1], raw[7:5:-1], raw[8:10], raw[10:16]
    return "-".join(group.hex().upper() for group in groups)


def object_name(raw: bytes) -> str:
    """The name of an object, its identifier where it has none."""
    text = guid_text(raw)
    return _OBJECTS.get(text, text)


def stream_name(raw: bytes) -> str:
    """What a stream carries."""
    text = guid_text(raw)
    return _STREAMS.get(text, text)


def is_known(raw: bytes) -> bool:
    """True for an object that the specification names."""
    return guid_text(raw) in _OBJECTS
