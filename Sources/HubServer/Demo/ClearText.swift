import FoundationEssentials

/// Looks for texts in every byte of every file of a folder.
struct ClearText: Sendable {
    private let folder: String

    init(in folder: String) {
        self.folder = folder
    }

    /// The texts that stand somewhere, each with the first file it was found in.
    ///
    /// - Complexity: O(bytes × texts); for a demo and for tests.
    func found(of texts: [String]) -> [String] {
        var found: [String] = []
        var missing = texts
        for path in files(under: folder) {
            guard !missing.isEmpty, let bytes = try? Data(contentsOf: URL(filePath: path)) else { continue }
            for text in missing where bytes.firstRange(of: Data(text.utf8)) != nil {
                found.append("\(text) @ \(path.dropFirst(folder.count + 1))")
            }
            missing.removeAll { text in found.contains { $0.hasPrefix("\(text) @ ") } }
        }
        return found
    }

    private func files(under path: String) -> [String] {
        let manager = FileManager.default
        var isFolder = false
        guard manager.fileExists(atPath: path, isDirectory: &isFolder) else { return [] }
        guard isFolder else { return [path] }
        // A socket is no file to be read: opening one fails, reading one would block.
        let names = ((try? manager.contentsOfDirectory(atPath: path)) ?? []).filter { !$0.hasSuffix(".sock") }
        return names.sorted().flatMap { files(under: "\(path)/\($0)") }
    }
}
