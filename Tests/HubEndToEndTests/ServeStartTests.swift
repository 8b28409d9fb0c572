import EventSourcing
import Foundation
import HubServer
import Testing

extension EndToEndTests {
    /// Where a hub cannot be made or served: nothing half done, the field named, the right exit code.
    @Suite struct ServeStartTests {
        @Test func `a port that is taken is named with exit 75`() async throws {
            let folder = try TemporaryFolder()
            let demo = try await DemoShelf.shared.finished().copied(into: folder)
            let port = try Port()
            let ended = try await Program.run(
                "serve", "--json", "--data", demo.hub, "--port", "\(port.number)", "--feed-port", "0")
            #expect(ended.status == 75, "\(ended.everything)")
            #expect(try ended.failure()["error"]?.text == "port.taken")
            #expect(try ended.failure()["field"]?.text == "--port")
            let feed = try await Program.run(
                "serve", "--json", "--data", demo.hub, "--port", "0", "--feed-port", "\(port.number)")
            #expect(feed.status == 75, "\(feed.everything)")
            #expect(try feed.failure()["field"]?.text == "--feed-port")
        }

        @Test func `a second server on the same folder is refused with exit 75`() async throws {
            let hub = try await HubCopy()
            let ended = try await Program.run(
                "serve", "--json", "--data", hub.demo.hub, "--port", "\(try Port.free())", "--feed-port", "0")
            #expect(ended.status == 75)
            #expect(try ended.failure()["error"]?.text == "log.locked")
            #expect(try ended.failure()["field"]?.text == hub.demo.hub)
            let rebuild = try await Program.run("rebuild", "--json", "--data", hub.demo.hub)
            #expect(rebuild.status == 75)
            #expect(try await hub.get("/v1/log/head").status == 200)
            #expect(try await hub.stop().status == 0)
        }

        @Test(arguments: ["/proc/onedoor", "/etc/hostname/onedoor"])
        func `a folder that cannot be written is named with exit 73`(path: String) async throws {
            let ended = try await Program.run("init", "--json", "--data", path)
            #expect(ended.status == 73)
            #expect(try ended.failure()["field"]?.text == path)
            let demo = try await Program.run("demo", "--json", "--folder", path)
            #expect(demo.status == 73)
        }

        @Test func `a folder without a log is named with exit 73`() async throws {
            let folder = try TemporaryFolder()
            for command in ["serve", "verify", "rebuild"] {
                let ended = try await Program.run(command, "--json", "--data", folder.path)
                #expect(ended.status == 73)
                #expect(try ended.failure()["field"]?.text == folder.path)
            }
        }

        @Test func `init makes a hub once and prints its recovery sheet`() async throws {
            let folder = try TemporaryFolder()
            let path = folder.path + "/hub"
            let made = try await Program.run(
                "init", "--json", "--data", path, "--hub-code", "TS", "--rulebook", Program.rulebook)
            #expect(made.status == 0, "\(made.everything)")
            #expect(try made.json()["hubCode"]?.text == "TS")
            #expect(try made.json()["sheet"]?.text?.isEmpty == false)
            let again = try await Program.run("init", "--json", "--data", path)
            #expect(again.status == 73)
            #expect(try again.failure()["error"]?.text == "init.exists")
            let malformed = try await Program.run("init", "--json", "--data", path + "2", "--hub-code", "x")
            #expect(malformed.status == 2)
            #expect(try malformed.failure()["field"]?.text == "--hub-code")
            let verified = try await Program.run("verify", "--json", "--data", path)
            #expect(verified.status == 0)
        }

        @Test func `a hub that is not given is a usage error`() async throws {
            for command in [["serve"], ["verify"], ["rebuild"], ["rules", "publish", Program.rulebook]] {
                let ended = try await Program.run(command + ["--json"])
                #expect(ended.status == 2)
                #expect(try ended.failure()["field"]?.text == "--data")
            }
        }
    }
}
