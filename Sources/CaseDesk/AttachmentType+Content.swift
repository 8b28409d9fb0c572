package import Casework
package import FoundationEssentials

extension AttachmentType {
    /// What a file is by its first bytes, whatever it is called; nothing for what the hub does not keep, programs and
    /// pages of the web among it.
    package init?(content: Data) {
        let head = Array(content.prefix(16))
        func starts(_ bytes: [UInt8], at offset: Int = 0) -> Bool {
            head.count >= offset + bytes.count && Array(head[offset..<offset + bytes.count]) == bytes
        }
        func text(_ text: String, at offset: Int = 0) -> Bool { starts(Array(text.utf8), at: offset) }
        if text("%PDF-") {
            self = .pdf
        } else if starts([0xff, 0xd8, 0xff]) {
            self = .jpeg
        } else if starts([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) {
            self = .png
        } else if starts([0x49, 0x49, 0x2a, 0x00]) || starts([0x4d, 0x4d, 0x00, 0x2a]) {
            self = .tiff
        } else if text("BM"), starts([0, 0, 0, 0], at: 6) {
            self = .bmp
        } else if text("ftyp", at: 4) {
            let isPicture = ["heic", "heix", "mif1", "msf1"].contains { text($0, at: 8) }
            self = isPicture ? .heic : .mp4
        } else if text("RIFF"), text("WAVE", at: 8) {
            self = .wav
        } else if text("#!AMR") {
            self = .amr
        } else if text("ID3") || starts([0xff, 0xfb]) || starts([0xff, 0xf3]) || starts([0xff, 0xf2]) {
            self = .mp3
        } else if starts([0x50, 0x4b, 0x03, 0x04]), let kind = Self.package(content) {
            self = kind
        } else {
            return nil
        }
    }

    /// A ZIP package is what the file names in it say; any other archive is not kept.
    private static func package(_ content: Data) -> AttachmentType? {
        let kinds: [(String, AttachmentType)] = [
            ("OFD.xml", .ofd), ("word/document.xml", .wordDocument), ("xl/workbook.xml", .spreadsheet),
        ]
        return kinds.first { content.firstRange(of: Data($0.0.utf8)) != nil }?.1
    }
}
