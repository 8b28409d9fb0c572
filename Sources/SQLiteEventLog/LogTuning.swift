/// Sizes and times inside the log that change how fast it is, and never what it promises.
///
/// The defaults serve; tests take tiny ones, so that every boundary is crossed in a short history.
package struct LogTuning: Sendable {
    /// Events after which a part of the memory tail is flushed into the derived indexes (`DESIGN.md` §5).
    package var flushAfterEvents = 16_384
    /// Frames of the write-ahead log, pages of 4 KiB, after which they are moved into the file: 256 MiB.
    ///
    /// Moving them stops the writer for about a tenth of a second, so that it should come seldom; a page that was written
    /// many times is moved once.
    package var checkpointAfterFrames = 65_536
    /// Appends that may wait for the writer; beyond that callers hear `busy`.
    package var waitingAppends = 1024
    /// Tags each half of the writer's map holds.
    package var mappedTags = 50_000
    /// Stored bytes after which a page ends, with at least one event.
    package var pageBytes = 4 << 20
    /// Time after which a page ends, with at least one event.
    package var pageTime = Duration.milliseconds(250)

    package init() {}
}
