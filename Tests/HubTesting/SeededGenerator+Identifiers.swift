package import EventSourcing

extension SeededGenerator {
    /// A new version 7 identifier of that time.
    package mutating func uniqueID(at instant: Instant = PushedClock.danyangMorning) -> UniqueID {
        UniqueID(versionSevenAt: instant, random: (next(), next()))
    }

    /// A new identifier of one kind of entity, by the type that is asked for.
    package mutating func id<Entity>(at instant: Instant = PushedClock.danyangMorning) -> EntityID<Entity> {
        EntityID(uniqueID(at: instant))
    }
}
