/// How serve runs its feed process, and where departments reach it.
package struct FeedLinkSettings: Hashable, Sendable {
    /// The program to start, normally this one.
    package var executable: String
    /// Its arguments; the link is descriptor 3.
    package var arguments: [String]
    /// Address to bind, `127.0.0.1` or `0.0.0.0`.
    package var bindAddress: String
    /// Host that departments use.
    package var announcedHost: String
    /// Port of the control socket; 0 takes a free one and keeps it while serve runs.
    package var controlPort: UInt16
    /// Ports of the feeds go up from here in the order of enrolment; 0 takes free ones.
    package var firstFeedPort: UInt16

    package init(
        executable: String, arguments: [String], bindAddress: String = "127.0.0.1",
        announcedHost: String = "127.0.0.1", controlPort: UInt16 = 0, firstFeedPort: UInt16 = 0
    ) {
        self.executable = executable
        self.arguments = arguments
        self.bindAddress = bindAddress
        self.announcedHost = announcedHost
        self.controlPort = controlPort
        self.firstFeedPort = firstFeedPort
    }
}
