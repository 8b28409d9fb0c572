import Glibc

/// How fast the disk is right now: the time of one `fdatasync` after 4 KiB more in a file.
///
/// Shared disks swing by a factor of ten within minutes, so every durable figure stands beside such a probe.
enum DiskProbe {
    /// Appends and syncs in a folder for a while.
    ///
    /// - Throws: ``BenchFailure`` when the folder cannot be written.
    static func run(in folder: String, seconds: Double) throws(BenchFailure) -> LatencyHistogram {
        let path = "\(folder)/fdatasync.probe"
        let descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .folder(folder, errno: errno) }
        defer {
            close(descriptor)
            unlink(path)
        }
        let block = [UInt8](repeating: 0x5a, count: 4096)
        var histogram = LatencyHistogram()
        let clock = ContinuousClock()
        let end = clock.now + .seconds(seconds)
        repeat {
            guard write(descriptor, block, block.count) == block.count else { throw .folder(folder, errno: errno) }
            let begun = clock.now
            guard fdatasync(descriptor) == 0 else { throw .folder(folder, errno: errno) }
            histogram.record(clock.now - begun)
        } while clock.now < end
        return histogram
    }
}
