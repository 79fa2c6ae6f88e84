// One participant: what it asks for, and what it knows of its orders from nothing but the reports that it receives.
// Every promise that can be held against that view is.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/simulation/fix_session.hpp"
#include "tests/simulation/journal_audit.hpp"

namespace venue::simulation {

class Participant {
  public:
    Participant(std::string comp_id, std::string secret, Run& run, JournalAudit& journal);

    /// Another session of the same firm, whose orders and lists this one may change.
    void share_orders_with(const Participant& colleague) { colleague_ = &colleague; }

    [[nodiscard]] const std::string& comp_id() const { return comp_id_; }
    [[nodiscard]] FixSession& session() { return session_; }

    /// Asks for something, well or badly, drawn by the dice. Returns what it did.
    std::string act();
    /// Somebody set the wall clock. When it goes back, how old a message is can no longer be told from it.
    void note_clock_set(bool forwards);
    /// A Logon goes out under a number that is another message's: the venue may take the one for the other.
    void note_wrong_logon(std::int64_t number);
    /// The venue takes cancels only, or everything again.
    void note_busy(bool is_busy);

    /// When nothing is under way any more: everything journaled for this session was heard, and every order that was
    /// sent has an outcome.
    void check_at_rest();

  private:
    enum class Fate { open, accepted, rejected, refused, withdrawn };
    struct Request {
        std::string type;
        std::int64_t number = 0;
        int reset_count = 0;
        std::string list{};  ///< With which the order was entered, or that it cancels.
        Fate fate{Fate::open};
        bool too_old = false;    ///< Sent again so late that it must not be executed.
        bool is_shared = false;  ///< Another request has the same name, and perhaps another fate.
        /// It may be turned away before it is judged; nothing but a Reject, which a lost connection takes along, says
        /// so.
        bool may_vanish = false;
    };
    /// An order as the reports tell it, in lots.
    struct View {
        std::int64_t last_report = 0;
        std::int64_t cum = 0;
        std::int64_t leaves = 0;
        std::string status;
        bool is_whole = false;  ///< Every report of it comes here.
        std::string list{};
    };

    /// A cancel of an order, a list or many orders: none is ever too late, nor refused because the venue is busy.
    static bool takes_away(const std::string& type);

    // What it asks.
    std::string place();
    std::string place_list();
    std::string cancel_list();
    std::string ask_for_a_list();
    std::string cancel();
    std::string replace();
    std::string mass_cancel();
    std::string ask_status();
    std::string ask_for_the_book();
    std::string send_nonsense();
    std::string send(const std::string& type, WireFields body);
    [[nodiscard]] std::string prefix() const;
    std::string new_name();
    std::string some_name();
    std::string some_list();
    std::string some_recent(std::vector<std::string> Participant::*which, std::int64_t most);
    std::string side_of(const std::string& name);
    void note_command(const std::string& type, const WireFields& body, std::int64_t number);
    void note_request(const std::string& name, const Request& request);
    void write_script(const std::string& type, const WireFields& body);

    // What it hears.
    void hear(const WireMessage& message);
    void hear_report(const WireMessage& message);
    void hear_new_report(const WireMessage& message);
    void hear_mass_report(const WireMessage& message);
    bool is_new(std::string& known, const WireMessage& message);
    void hear_status(const WireMessage& message);
    void hear_change_rejected(const WireMessage& message);
    void hear_refusal(const WireMessage& message);
    void hear_list(const WireMessage& message);
    void hear_list_report(const WireMessage& message);
    void hear_new_list_report(const WireMessage& message);
    void hear_list_answer(const WireMessage& message);
    void hear_unknown_list(const WireMessage& message);
    void judge_list_cancel(const WireMessage& message);
    void follow(View& view, const WireMessage& message);
    [[nodiscard]] bool is_acceptance(const WireMessage& message) const;
    void judge_acceptance(const WireMessage& message);
    [[nodiscard]] bool is_announced_again(const WireMessage& message) const;
    void give_up(const WireMessage& message);
    void check_outcomes();
    void check_lists();
    [[nodiscard]] bool wants_an_end_of(const std::string& list) const;
    /// Whatever is told of it now was judged behind a cancel.
    [[nodiscard]] bool has_ended(const std::string& list) const;
    /// Of a list one for each of its orders.
    std::vector<Request*> requests_of(std::int64_t number);

    const std::string comp_id_;
    Run& run_;
    JournalAudit& journal_;
    FixSession session_;

    int name_count_ = 0;
    std::vector<std::string> names_;
    std::vector<std::string> lists_;            ///< Names, as they were sent.
    std::map<std::string, std::string> sides_;  ///< By ClOrdID, as they were sent.
    std::map<std::string, Request> requests_;   ///< By ClOrdID.
    std::vector<Request> list_cancels_;
    std::vector<Request> list_questions_;                  ///< Those without an answer, the oldest first.
    std::map<std::int64_t, std::string> heard_;            ///< By event: what its report says.
    std::map<std::string, std::string> rejections_;        ///< OrderCancelRejects by ClOrdID.
    std::map<std::string, View> orders_;                   ///< By OrderID.
    std::map<std::string, std::string> list_reports_;      ///< By the names of the list and its orders.
    std::set<std::string> list_reports_given_up_;          ///< Likewise.
    std::set<std::int64_t> given_up_;                      ///< ExecIDs.
    std::set<std::string> rejections_given_up_;            ///< ClOrdIDs.
    std::set<std::pair<int, std::int64_t>> wrong_logons_;  ///< How often numbers had begun anew, and the number.
    bool has_given_up_ = false;
    bool venue_is_busy_ = false;
    bool kill_switch_is_on_ = false;  ///< As far as it asked for.
    const Participant* colleague_ = nullptr;
};

}  // namespace venue::simulation
