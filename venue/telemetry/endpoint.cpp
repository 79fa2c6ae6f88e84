#include "venue/telemetry/endpoint.hpp"

#include "venue/telemetry/health.hpp"
#include "venue/telemetry/latency.hpp"

namespace venue::telemetry {
namespace {

HttpAnswer said(unsigned status, const std::string& sentence) {
    return {status, "text/plain; charset=utf-8", sentence + "\n"};
}

HttpAnswer said(const Verdict& verdict) { return said(verdict.holds ? 200 : 503, verdict.sentence); }

}  // namespace

HttpAnswer answer(Metrics& metrics, std::string_view path) {
    if (path == "/metrics") return {200, "text/plain; version=0.0.4; charset=utf-8", metrics.text()};
    if (path == "/healthz") return said(alive(metrics.readings(), monotonic_now()));
    if (path == "/readyz") return said(ready(metrics.readings(), monotonic_now()));
    return said(404, "There are /metrics, /healthz and /readyz.");
}

}  // namespace venue::telemetry
