/// How much a rebuild folds in memory before it writes.
package struct RebuildRoom: Hashable, Sendable {
    /// Events read, decoded and folded at a time: a row that changes many times among them is written once.
    package var stretch: Int
    /// Cases kept with what changed in them, about 3 KiB each, and ten changed deadlines each; beyond it all is written
    /// and forgotten.
    package var cases: Int

    /// - Parameters:
    ///   - stretch: At least 1.
    ///   - cases: At least 0.
    package init(stretch: Int = 20_000, cases: Int = 20_000) {
        self.stretch = max(1, stretch)
        self.cases = max(0, cases)
    }
}
