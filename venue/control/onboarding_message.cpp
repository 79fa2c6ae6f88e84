#include "venue/control/onboarding_message.hpp"

#include <algorithm>
#include <initializer_list>

#include "venue/control/operator_message.hpp"

namespace venue::control {
namespace {

/// The one of the list that has this name.
template <class Word>
Word word(std::initializer_list<Word> all, const std::string& text) {
    const auto found = model::named(all, text);
    if (!found) throw NoCommand("There is no " + text + " here.");
    return *found;
}

void write(const model::DisconnectRule& rule, v1::DisconnectRule& message) {
    message.set_cancels(std::string(name(rule.cancels)));
    message.set_grace_ms(rule.grace_ms);
    message.set_spares_good_till(rule.spares_good_till);
}

model::DisconnectRule read(const v1::DisconnectRule& message) {
    return {word(model::all_cancels_on_disconnect, message.cancels()), message.grace_ms(), message.spares_good_till()};
}

/// As it is journaled; nobody but the venue's own commands makes one, so there is no more to say of a wrong one.
std::string hexadecimal(const std::string& text) {
    constexpr std::size_t size_max = 128;
    const auto is_digit = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    if (text.size() > size_max || text.size() % 2 != 0 || !std::ranges::all_of(text, is_digit)) {
        throw NoCommand("A salt and a secret's hash are at most 128 hexadecimal digits.");
    }
    return text;
}

}  // namespace

void write(const model::AddAsset& command, v1::OperateRequest& message) {
    auto& asset = *message.mutable_add_asset();
    asset.set_code(command.asset.code);
    asset.set_ledger_digits(command.asset.ledger_digits);
    asset.set_chain_digits(command.asset.chain_digits);
}

void write(const model::AddParticipant& command, v1::OperateRequest& message) {
    auto& participant = *message.mutable_add_participant();
    participant.set_name(command.name);
    participant.set_self_trade(std::string(name(command.self_trade)));
    participant.set_remembered_orders(command.remembered.orders);
    participant.set_remembered_seconds(command.remembered.seconds);
}

void write(const model::ChangeParticipant& command, v1::OperateRequest& message) {
    auto& participant = *message.mutable_change_participant();
    participant.set_name(command.name);
    if (command.self_trade) participant.set_self_trade(std::string(name(*command.self_trade)));
    if (command.remembered_orders) participant.set_remembered_orders(*command.remembered_orders);
    if (command.remembered_seconds) participant.set_remembered_seconds(*command.remembered_seconds);
}

void write(const model::OpenAccount& command, v1::OperateRequest& message) {
    auto& account = *message.mutable_open_account();
    account.set_participant(command.participant);
    account.set_name(command.name);
}

void write(const model::AddSession& command, v1::OperateRequest& message) {
    auto& session = *message.mutable_add_session();
    session.set_participant(command.participant);
    session.set_account(command.account);
    session.set_comp_id(command.comp_id);
    session.set_username(command.username);
    session.set_salt(command.salt);
    session.set_secret_hash(command.secret_hash);
    write(command.on_disconnect, *session.mutable_on_disconnect());
    session.set_replace_quantity(std::string(name(command.replace_quantity)));
    session.set_version(std::string(name(command.version)));
    session.set_extensions(command.extensions);
    session.set_disabled(command.disabled);
}

void write(const model::ChangeSession& command, v1::OperateRequest& message) {
    auto& session = *message.mutable_change_session();
    session.set_comp_id(command.comp_id);
    if (command.account) session.set_account(*command.account);
    if (command.cancels) session.set_cancels(std::string(name(*command.cancels)));
    if (command.grace_ms) session.set_grace_ms(*command.grace_ms);
    if (command.spares_good_till) session.set_spares_good_till(*command.spares_good_till);
    if (command.replace_quantity) session.set_replace_quantity(std::string(name(*command.replace_quantity)));
    if (command.version) session.set_version(std::string(name(*command.version)));
    if (command.extensions) session.set_extensions(*command.extensions);
    if (command.disabled) session.set_disabled(*command.disabled);
    if (command.secret) {
        session.mutable_secret()->set_salt(command.secret->salt);
        session.mutable_secret()->set_hash(command.secret->hash);
    }
}

model::AddAsset read(const v1::AddAsset& message) {
    return {{{}, message.code(), message.ledger_digits(), message.chain_digits()}};
}

model::AddParticipant read(const v1::AddParticipant& message) {
    return {message.name(),
            word(model::all_self_trades, message.self_trade()),
            {message.remembered_orders(), message.remembered_seconds()}};
}

model::ChangeParticipant read(const v1::ChangeParticipant& message) {
    model::ChangeParticipant command{message.name()};
    if (message.has_self_trade()) command.self_trade = word(model::all_self_trades, message.self_trade());
    if (message.has_remembered_orders()) command.remembered_orders = message.remembered_orders();
    if (message.has_remembered_seconds()) command.remembered_seconds = message.remembered_seconds();
    return command;
}

model::OpenAccount read(const v1::OpenAccount& message) { return {message.participant(), message.name()}; }

model::AddSession read(const v1::AddSession& message) {
    model::AddSession command{message.participant(), message.account(),           message.comp_id(),
                              message.username(),    hexadecimal(message.salt()), hexadecimal(message.secret_hash())};
    command.on_disconnect = read(message.on_disconnect());
    command.replace_quantity = word(model::all_replace_quantities, message.replace_quantity());
    command.version = word(model::all_fix_versions, message.version());
    command.extensions = message.extensions();
    command.disabled = message.disabled();
    return command;
}

model::ChangeSession read(const v1::ChangeSession& message) {
    model::ChangeSession command{message.comp_id()};
    if (message.has_account()) command.account = message.account();
    if (message.has_cancels()) command.cancels = word(model::all_cancels_on_disconnect, message.cancels());
    if (message.has_grace_ms()) command.grace_ms = message.grace_ms();
    if (message.has_spares_good_till()) command.spares_good_till = message.spares_good_till();
    if (message.has_replace_quantity()) {
        command.replace_quantity = word(model::all_replace_quantities, message.replace_quantity());
    }
    if (message.has_version()) command.version = word(model::all_fix_versions, message.version());
    if (message.has_extensions()) command.extensions = message.extensions();
    if (message.has_disabled()) command.disabled = message.disabled();
    if (message.has_secret()) {
        command.secret = {hexadecimal(message.secret().salt()), hexadecimal(message.secret().hash())};
    }
    return command;
}

}  // namespace venue::control
