import Testing

/// Everything that needs real processes, one test at a time: ports and processors are shared by all of them.
@Suite(.serialized)
enum EndToEndTests {}
