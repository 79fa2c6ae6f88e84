#include "venue/control/server.hpp"

#include <sys/stat.h>

#include <chrono>

#include "venue/control/service.hpp"

namespace venue::control {
namespace {

using namespace std::chrono_literals;

/// A caller in the middle of a call has this long when the venue stops.
constexpr auto stop_wait = 1s;

std::unique_ptr<grpc::Server> listen(const std::string& socket, Service& service) {
    grpc::ServerBuilder builder;
    builder.AddListeningPort("unix:" + socket, grpc::InsecureServerCredentials());
    builder.SetMaxReceiveMessageSize(Server::message_bytes_max);
    builder.RegisterService(&service);
    return builder.BuildAndStart();
}

}  // namespace

class Server::Body {
  public:
    Body(const std::string& socket, Wiring wiring) : service_(std::move(wiring)) {
        // The file is made without rights for others from the first moment on.
        const auto before = ::umask(0177);
        server_ = listen(socket, service_);
        ::umask(before);
        if (!server_ || ::chmod(socket.c_str(), 0600) != 0) {
            throw CannotListen("[control]: can't make the socket " + socket +
                               "; expected a path of at most 107 characters in a folder that is there.");
        }
    }
    ~Body() { stop(); }

    void released(const model::Group& group) { service_.released(group); }
    void stop() {
        service_.stop();
        if (server_) server_->Shutdown(std::chrono::system_clock::now() + stop_wait);
    }

  private:
    Service service_;
    std::unique_ptr<grpc::Server> server_;
};

Server::Server(const std::string& socket, Wiring wiring) : body_(std::make_unique<Body>(socket, std::move(wiring))) {}
Server::~Server() = default;

void Server::released(const model::Group& group) { body_->released(group); }
void Server::stop() { body_->stop(); }

}  // namespace venue::control
