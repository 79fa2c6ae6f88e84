#include "venue/fix/dictionaries.hpp"

#include <algorithm>

#include "venue/fix/gateway.hpp"
#include "venue/fix/spec_tables.hpp"

namespace venue::fix {
namespace {

using SharedDictionary = ptr::shared_ptr<FIX::DataDictionary>;

constexpr int tag_max = 99'999;

SharedDictionary read_dictionary(const std::string& key, const std::string& path) {
    try {
        return SharedDictionary(new FIX::DataDictionary(path));
    } catch (const std::exception& error) {
        throw DictionaryUnreadable(key + ": " + path + " is no FIX dictionary: " + error.what());
    }
}

/// What a dictionary of the application calls its version; FIXT.1.1 carries it.
std::string application_of(const Dialect& dialect) {
    return std::string(dialect.appl_ver_id.empty() ? dialect.begin_string : "FIX.5.0");
}

/// Whether the guard looks at its length, and the session engine takes the same field for it.
bool is_guarded(int data_tag) {
    const auto pairs = data_pairs();
    const auto pair = std::ranges::find(pairs, data_tag, &DataPair::data_tag);
    return pair != pairs.end() && (pair->length_tag == data_tag - 1 || data_tag == tag::signature);
}

void require_guarded(const std::string& key, const std::string& path, const FIX::DataDictionary& dictionary) {
    for (int tag = 1; tag <= tag_max; ++tag) {
        if (!dictionary.isDataField(tag) || is_guarded(tag)) continue;
        throw DictionaryUnreadable(key + ": " + path + " has the data field " + std::to_string(tag) +
                                   ", whose length the venue can't check; expected the type STRING");
    }
}

std::map<std::string, PlainRules, std::less<>> read_rules(const FIX::DataDictionaryProvider& dictionaries) {
    const auto transport = [&](const char* version) -> const FIX::DataDictionary& {
        return dictionaries.getSessionDataDictionary(FIX::BeginString(version));
    };
    const auto& fix50sp2 = dictionaries.getApplicationDataDictionary(FIX::ApplVerID(FIX::ApplVerID_FIX50SP2));
    std::map<std::string, PlainRules, std::less<>> rules;
    for (const char* version : {FIX::BeginString_FIX42, FIX::BeginString_FIX44}) {
        rules.try_emplace(version, transport(version), transport(version));
    }
    rules.try_emplace(FIX::BeginString_FIXT11, transport(FIX::BeginString_FIXT11), fix50sp2);
    return rules;
}

}  // namespace

FIX::DataDictionaryProvider read_dictionaries(const std::string& folder) {
    const auto read = [&](const char* name) { return read_dictionary("[fix] dictionaries", folder + "/" + name); };
    FIX::DataDictionaryProvider provider;
    provider.addTransportDataDictionary(FIX::BeginString(FIX::BeginString_FIX42), read("FIX42.xml"));
    provider.addTransportDataDictionary(FIX::BeginString(FIX::BeginString_FIX44), read("FIX44.xml"));
    provider.addTransportDataDictionary(FIX::BeginString(FIX::BeginString_FIXT11), read("FIXT11.xml"));
    provider.addApplicationDataDictionary(FIX::ApplVerID(FIX::ApplVerID_FIX50SP2), read("FIX50SP2.xml"));
    return provider;
}

SessionDictionaries::SessionDictionaries(FIX::DataDictionaryProvider ours,
                                         const std::map<std::string, std::string>& files)
    : ours_(std::move(ours)), rules_(read_rules(ours_)) {
    for (const auto& [comp_id, file] : files) {
        const auto key = "[fix.session_dictionaries] " + comp_id;
        const auto dictionary = read_dictionary(key, file);
        require_guarded(key, file, *dictionary);
        Own own{file, dictionary->getVersion(), ours_};
        if (own.version.starts_with("FIX.5")) {
            own.provider.addApplicationDataDictionary(FIX::ApplVerID(FIX::ApplVerID_FIX50SP2), dictionary);
        } else {
            own.provider.addTransportDataDictionary(FIX::BeginString(own.version), dictionary);
        }
        own_.emplace(comp_id, std::move(own));
    }
}

const SessionDictionaries::Own* SessionDictionaries::own(const std::string& comp_id) const {
    const auto found = own_.find(comp_id);
    return found == own_.end() ? nullptr : &found->second;
}

void SessionDictionaries::check(const std::string& comp_id, const Dialect& dialect) const {
    const auto* const found = own(comp_id);
    if (found == nullptr || found->version.starts_with(application_of(dialect))) return;
    throw DictionaryUnreadable("[fix.session_dictionaries] " + comp_id + ": " + found->file + " is of " +
                               found->version + "; expected one of " + application_of(dialect) +
                               ", which the session speaks");
}

bool SessionDictionaries::has_own(const std::string& comp_id, const Dialect& dialect) const {
    const auto* const found = own(comp_id);
    return found != nullptr && found->version.starts_with(application_of(dialect));
}

const PlainRules* SessionDictionaries::rules_of(const std::string& comp_id, const Dialect& dialect) const {
    return has_own(comp_id, dialect) ? nullptr : &rules_.find(dialect.begin_string)->second;
}

const FIX::DataDictionaryProvider& SessionDictionaries::of(const std::string& comp_id, const Dialect& dialect) const {
    return has_own(comp_id, dialect) ? own(comp_id)->provider : ours_;
}

}  // namespace venue::fix
