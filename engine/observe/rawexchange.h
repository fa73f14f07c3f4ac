// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/filter/record.h"
#include "engine/http/exchange.h"

#include <array>
#include <optional>
#include <span>
#include <vector>

namespace gatehouse::observe {

struct CapturedBodies;

/// All that is recorded of a finished exchange but its bodies, as one piece of memory: what goes
/// through the ring, what is kept as cold data, and what a capture file has in a row.
///
/// RawHead, the texts, the stages and their texts, the changes and their texts.
struct RawHead
{
    static constexpr quint16 layout = 2; ///< to be raised when anything here changes

    /// The texts that follow, in this order.
    enum Text {
        Method,
        Host,
        Path,
        Query,
        Route,
        Service,
        Instance,
        Client,
        RequestId,
        Listener,
        ErrorText,
        ContentType,
        Tag,
        Subject,
        ReceivedHead,
        SentHead,
        GotHead,
        AnsweredHead,
        TextCount
    };
    enum Bit : quint8 { Reused = 1, Tls = 2, Open = 4 };

    quint32 bytes = 0; ///< of all of it
    quint16 version = layout;
    quint8 watch = 0;
    quint8 bits = 0;
    quint64 stream = 0; ///< number of a stream on its worker, to find it again when it ends; or 0
    quint64 bodies = 0; ///< in the ring: CapturedBodies *, owned; 0 everywhere else
    qint64 begin = 0;   ///< nanoseconds of the steady clock; in a file: since 1970
    qint64 duration = 0;
    qint64 received = 0; ///< body bytes
    qint64 sent = 0;
    quint32 revision = 0;
    quint16 status = 0;
    quint8 error = 0; ///< ErrorCode + 1; 0: none
    quint8 minorVersion = 1;
    quint16 attempts = 0;
    quint16 stages = 0;
    quint16 droppedStages = 0;
    quint16 changes = 0;
    std::array<quint32, 2> keptBodies{}; ///< bytes, by Side; filled in by the recorder
    quint32 frames = 0;                  ///< of a stream, in what was kept; filled in likewise
    quint32 reserved = 0;
    std::array<quint32, TextCount> lengths{};
};

struct RawStage
{
    qint64 begin = 0; ///< nanoseconds after the exchange's begin
    qint64 end = 0;
    quint16 nameLength = 0;
    quint16 detailLength = 0;
    quint8 verdict = 0;
    filter::Family family = filter::Family::Plugin; ///< filled in by the recorder
    quint8 hasWaited = 0;
    quint8 reserved = 0;
};

struct RawChange
{
    quint16 byLength = 0;
    quint16 nameLength = 0;
    quint16 beforeLength = 0;
    quint16 afterLength = 0;
    quint8 kind = 0;
    quint8 isOfAnswer = 0;
    quint16 reserved = 0;
};

/// Puts an exchange into memory. Takes some hundred nanoseconds and no allocation once it is warm.
class RawWriter
{
public:
    enum class State { Finished, Open };
    /// \a stream: the number of an exchange that is shown before its end, or 0. What an open one is
    /// doing becomes a stage.
    RawWriter(const Exchange &exchange, quint32 revision, quint64 stream = 0,
              State state = State::Finished);
    /// A multiple of 8.
    [[nodiscard]] std::size_t bytes() const { return m_head.bytes; }
    /// \a bodies goes along, owned by whoever reads it.
    void writeTo(char *to, CapturedBodies *bodies);

private:
    void collectTexts();
    void collectStages();
    void addStageUnderWay();
    void collectChanges();

    const Exchange &m_exchange;
    RawHead m_head;
    std::array<std::string_view, RawHead::TextCount> m_texts;
    std::string_view m_underWay; ///< name of the stage that has not ended
};

/// The same, read. The views are into the bytes given, which must outlive it.
struct RawExchange
{
    struct Stage
    {
        std::string_view name;
        std::string_view detail;
        qint64 begin = 0;
        qint64 end = 0;
        Verdict verdict = Verdict::Passed;
        bool hasWaited = false;
        filter::Family family = filter::Family::Plugin;
    };
    struct Change
    {
        std::string_view by;
        std::string_view name;
        std::string_view before;
        std::string_view after;
        ChangeLog::Kind kind = ChangeLog::Kind::Changed;
        bool isOfAnswer = false;
    };

    RawHead head;
    std::array<std::string_view, RawHead::TextCount> texts;
    std::vector<Stage> stages;
    std::vector<Change> changes;

    [[nodiscard]] std::string_view text(RawHead::Text which) const { return texts[which]; }
    /// Nothing if \a bytes is not whole: a capture file may have been damaged.
    [[nodiscard]] static std::optional<RawExchange> read(std::span<const char> bytes);
    /// The same into this one, whose memory is used again. False if \a bytes is not whole: what is
    /// here then means nothing.
    [[nodiscard]] bool readFrom(std::span<const char> bytes);
};

/// Where the stages of \a bytes are, to fill in their families; empty if they are not whole.
[[nodiscard]] std::span<RawStage> stagesIn(std::span<char> bytes);

} // namespace gatehouse::observe
