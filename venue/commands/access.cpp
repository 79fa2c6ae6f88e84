#include "venue/commands/access.hpp"

#include <spdlog/spdlog.h>

#include "venue/config/access_file.hpp"

namespace venue::commands {
namespace {

void read_again(fix::Gateway& gateway, const config::Settings& settings) {
    try {
        gateway.use(access_of(settings));
        spdlog::info("the terms of access were read again from {}", settings.fix.access_file);
    } catch (const config::ConfigError& error) {
        spdlog::error("the terms of access stay as they were: {}", error.what());
    }
    try {
        gateway.read_certificate_again();
        if (settings.tls.port != 0) spdlog::info("the certificate was read again from {}", settings.tls.certificate);
    } catch (const fix::CertificateUnusable& error) {
        spdlog::error("the certificate stays as it was: {}", error.what());
    }
}

}  // namespace

model::Access access_of(const config::Settings& settings) {
    const auto& file = settings.fix.access_file;
    return file.empty() ? model::Access{} : config::load_access(file);
}

void tell_strangers(const model::Access& access, const model::Reference& reference, const std::string& file) {
    for (const auto& [comp_id, terms] : access.sessions) {
        if (reference.session(comp_id) == nullptr) spdlog::warn("{}: no session has the CompID {}", file, comp_id);
    }
}

int wait_for_end(const sigset_t& signals, fix::Gateway& gateway, const config::Settings& settings) {
    for (;;) {
        int signal = 0;
        sigwait(&signals, &signal);
        if (signal != SIGHUP) return signal;
        read_again(gateway, settings);
    }
}

}  // namespace venue::commands
