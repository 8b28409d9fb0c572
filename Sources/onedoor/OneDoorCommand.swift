@main
struct OneDoorCommand {
    static func main() {}
}
