import EventSourcing
import FoundationEssentials

extension SubscriberMachine {
    // MARK: Control

    mutating func hear(control frames: [Data], _ now: Int64) -> [Effect] {
        guard let message = try? ControlMessage(frames: frames) else { return retreat(now) }
        lastControlAt = now
        pingAt = nil
        switch message.verb {
        case .welcome: return welcomed(message, now)
        case .refuse: return refused(message, now)
        case .events: return replayed(message, now)
        case .done: return done(message, now)
        case .acknowledged:
            guard let waiting = acknowledging, waiting.request == message.request else { return [] }
            acknowledging = nil
            acknowledged = max(acknowledged, waiting.sequence)
            return acknowledge()
        case .pong:
            return []
        case .answer:
            guard let id = commands.removeValue(forKey: message.request) else { return [] }
            return [.answered(id: id, body: message.body)]
        case .busy:
            guard let id = commands.removeValue(forKey: message.request) else { return [] }
            let body = try? ControlJSON.decode(BusyBody.self, from: message.body)
            // Nobody vouches for the number: it is kept within reason.
            return [.retry(id: id, milliseconds: min(max(body?.retryMs ?? 1000, 50), 30_000))]
        case .hello, .replay, .credit, .acknowledge, .ping, .bye, .command:
            return retreat(now)
        }
    }

    private mutating func welcomed(_ message: ControlMessage, _ now: Int64) -> [Effect] {
        guard state == .connecting, message.request == helloRequest else { return [] }
        guard let body = try? ControlJSON.decode(WelcomeBody.self, from: message.body) else { return retreat(now) }
        guard body.version == 1 else { return stop(.version) }
        guard body.logId == logID, cursor.epoch == nil || cursor.epoch == body.epoch else { return stop(.forked) }
        helloRequest = nil
        epoch = body.epoch
        acknowledged = cursor.sequence
        delivered = cursor.sequence
        deadline = now + Self.silenceLimit
        lastFeedAt = now
        return change(.subscribing) + [.openFeed(body.feedEndpoint)]
    }

    private mutating func refused(_ message: ControlMessage, _ now: Int64) -> [Effect] {
        guard let body = try? ControlJSON.decode(RefuseBody.self, from: message.body) else { return retreat(now) }
        if let id = commands.removeValue(forKey: message.request) {
            switch body.code {
            case .size, .malformed: return [.undeliverable(id: id, body.code)]
            case .rate: return [.retry(id: id, milliseconds: 5000)]
            case .version, .feed, .forked, .order, .credit:
                return [.retry(id: id, milliseconds: 1000)] + retreat(now)
            }
        }
        switch body.code {
        case .forked: return stop(.forked)
        case .version: return stop(.version)
        case .feed: return stop(.feed)
        case .rate: return retreat(now, atLeast: 5000)
        case .order, .credit, .size, .malformed: return retreat(now)
        }
    }

    // MARK: Replay

    private mutating func startReplay(_ now: Int64) -> [Effect] {
        request += 1
        replayRequest = request
        uncredited = 0
        beatsBehind = 0
        deadline = now + Self.replayLimit
        let body = ReplayBody(from: delivered + 1, to: nil, credit: Self.credit)
        return change(.syncing) + [.send(ControlMessage(.replay, request: request, json: body))]
    }

    private mutating func replayed(_ message: ControlMessage, _ now: Int64) -> [Effect] {
        guard state == .syncing, message.request == replayRequest else { return [] }
        guard let batch = try? FeedBatch(joined: message.body), batch.header.epoch == epoch,
            batch.header.firstSequence <= delivered + 1
        else { return retreat(now) }
        deadline = now + Self.replayLimit
        uncredited += batch.entries.count
        return [heard(batch.header)] + deliver(batch)
    }

    private mutating func done(_ message: ControlMessage, _ now: Int64) -> [Effect] {
        guard state == .syncing, message.request == replayRequest else { return [] }
        replayRequest = nil
        let waiting = buffer
        buffer = []
        bufferedCount = 0
        var effects: [Effect] = []
        for batch in waiting {
            guard batch.header.firstSequence <= delivered + 1 else { return effects + startReplay(now) }
            effects += deliver(batch)
        }
        return effects + change(.live)
    }

    // MARK: Feed

    mutating func hear(feed frames: [Data], _ now: Int64) -> [Effect] {
        switch state {
        case .waiting, .connecting, .stopped: return []
        case .subscribing, .syncing, .live: break
        }
        guard frames.count == 3, frames[0] == FeedScope.topic(of: department),
            let header = try? FeedHeader(bytes: frames[1])
        else { return retreat(now) }
        // Another epoch: the hub was restored. HELLO with our old epoch will tell.
        guard header.epoch == epoch else { return retreat(now) }
        lastFeedAt = now
        var effects = [heard(header)]
        switch header.kind {
        case .heartbeat:
            effects += beat(head: header.headSequence, now)
        case .entries:
            guard let batch = try? FeedBatch(header: header, body: frames[2]) else { return retreat(now) }
            effects += live(batch, now)
        }
        return effects
    }

    private mutating func beat(head: UInt64, _ now: Int64) -> [Effect] {
        switch state {
        case .subscribing:
            return head > delivered ? startReplay(now) : change(.live) + acknowledge()
        case .live:
            // A beat may overtake entries that are just being sealed; two in a row mean that they are lost.
            beatsBehind = head > delivered ? beatsBehind + 1 : 0
            return beatsBehind >= 2 ? startReplay(now) : []
        case .syncing, .waiting, .connecting, .stopped:
            return []
        }
    }

    private mutating func live(_ batch: FeedBatch, _ now: Int64) -> [Effect] {
        switch state {
        case .live where batch.header.firstSequence <= delivered + 1:
            beatsBehind = 0
            return deliver(batch)
        case .subscribing where batch.header.firstSequence <= delivered + 1:
            return change(.live) + deliver(batch)
        case .live, .subscribing:
            keep(batch)
            return startReplay(now)
        case .syncing:
            keep(batch)
            return []
        case .waiting, .connecting, .stopped:
            return []
        }
    }

    /// Keeps what comes live during a replay; when it is too much all of it goes, and another replay brings it.
    private mutating func keep(_ batch: FeedBatch) {
        bufferedCount += batch.entries.count
        if bufferedCount > Self.bufferLimit {
            buffer = []
            bufferedCount = batch.entries.count
        }
        buffer.append(batch)
    }

    /// Hands over what is new of a batch that begins no later than the next entry.
    private mutating func deliver(_ batch: FeedBatch) -> [Effect] {
        let fresh = batch.entries.filter { $0.sequence > delivered }
        guard let last = fresh.last else { return [] }
        delivered = last.sequence
        return [.deliver(fresh, batch.keyBlock, epoch: batch.header.epoch)]
    }

    private func heard(_ header: FeedHeader) -> Effect {
        .heard(HubTime(now: header.civilTime, isDemo: header.isDemo))
    }
}
