// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/auth/mtlsauthenticator.h"

namespace gatehouse::auth {

const StoredIdentity *MtlsAuthenticator::find(const Exchange::Peer &peer) const
{
    for (const auto &[name, identity] : m_settings.identities) {
        if (name == peer.certificateSubject)
            return &identity;
        std::string_view rest = peer.certificateNames;
        std::string_view alternative;
        while (nextListMember(rest, alternative)) {
            if (alternative == name)
                return &identity;
        }
    }
    return nullptr;
}

AuthProfile MtlsAuthenticator::profile() const
{
    AuthProfile profile;
    // The certificate belongs to the connection (RFC 8446, section 4.3.2), and no registered scheme
    // asks for one; a 401 must name a scheme all the same (RFC 9110, section 15.5.2).
    profile.challenges = {"ClientCertificate"};
    profile.missing = Error(ErrorCode::Unauthorized, "no client certificate was sent");
    return profile;
}

Decision MtlsAuthenticator::check(Exchange &exchange) const
{
    const Exchange::Peer &peer = exchange.peer();
    if (peer.certificateSubject.empty())
        return Decision::absent();
    StoredIdentity own;
    own.subject = peer.certificateSubject;
    own.type = "service";
    const StoredIdentity *const known = m_settings.identities.empty() ? &own : find(peer);
    if (!known)
        return Decision::refused(
            Error(ErrorCode::Unauthorized, "the client certificate is unknown"), {},
            "no identity has this subject");
    const Identity *const identity = known->copyTo(exchange.arena(), "mtls");
    if (const std::string missing = m_settings.rights.missingIn(*identity); !missing.empty())
        return lacksRight(exchange, *identity, missing, {});
    return Decision::accepted(identity, "client certificate");
}

void MtlsAuthenticator::removeCredentials(Exchange &) const {}

} // namespace gatehouse::auth
