#include "venue/fix/dictionaries.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string_view>

#include "venue/fix/gateway.hpp"
#include "venue/fix/log.hpp"
#include "venue/fix/spec_tables.hpp"
#include "venue/fix/whole_number.hpp"

namespace venue::fix {
namespace {

using SharedDictionary = ptr::shared_ptr<FIX::DataDictionary>;

constexpr int tag_max = 99'999;

SharedDictionary read_dictionary(const std::string& key, const std::string& path, std::istream& text) {
    try {
        return SharedDictionary(new FIX::DataDictionary(text));
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

/// The value of an attribute, where it stands in `element`; empty when it isn't there.
std::string_view attribute(std::string_view element, const std::string& name) {
    for (const char quote : {'"', '\''}) {
        const auto mark = " " + name + "=" + quote;
        const auto at = element.find(mark);
        if (at == std::string_view::npos) continue;
        const auto value = element.substr(at + mark.size());
        return value.substr(0, value.find(quote));
    }
    return {};
}

/// Makes a data field whose length nobody checks plain text; the number of those.
int make_text_where_unguarded(std::string& dictionary) {
    int made = 0;
    constexpr std::string_view field = "<field ";
    for (auto at = dictionary.find(field); at != std::string::npos; at = dictionary.find(field, at + 1)) {
        const auto element = std::string_view(dictionary).substr(at, dictionary.find('>', at) - at);
        const auto type = attribute(element, "type");
        const auto tag = whole_number<int>(attribute(element, "number"));
        if ((type != "DATA" && type != "XMLDATA") || !tag || is_guarded(*tag)) continue;
        dictionary.replace(static_cast<std::size_t>(type.data() - dictionary.data()), type.size(), "STRING");
        ++made;
    }
    return made;
}

void require_guarded(const std::string& key, const std::string& path, const FIX::DataDictionary& dictionary) {
    for (int tag = 1; tag <= tag_max; ++tag) {
        if (!dictionary.isDataField(tag) || is_guarded(tag)) continue;
        throw DictionaryUnreadable(key + ": " + path + " has the data field " + std::to_string(tag) +
                                   ", whose length the venue can't check; expected the type STRING");
    }
}

/// One of the operator's. The library would believe any length of a data field, and the guard knows only those of FIX
/// as it was published; of an extension pack's the venue uses none.
SharedDictionary read_own(const std::string& key, const std::string& path) {
    std::stringstream text;
    text << std::ifstream(path).rdbuf();
    auto guarded = text.str();
    if (const int made = make_text_where_unguarded(guarded); made > 0) {
        log().info("{}: {} data fields of {} are taken as plain text: the venue can't check their lengths", key, made,
                   path);
    }
    text.str(std::move(guarded));
    auto dictionary = read_dictionary(key, path, text);
    require_guarded(key, path, *dictionary);
    return dictionary;
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
    const auto read = [&](const char* name) {
        const auto path = folder + "/" + name;
        std::ifstream file(path);
        return read_dictionary("[fix] dictionaries", path, file);
    };
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
        const auto dictionary = read_own(key, file);
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
