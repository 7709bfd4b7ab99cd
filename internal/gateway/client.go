package gateway

import (
	"encoding/hex"
	"math/rand/v2"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// client gives the address that a request came from, and whether a trusted proxy handed it on. Of X-Forwarded-For the
// last address counts that no trusted proxy has: what stands in front of it anybody could have written.
func (g *Gateway) client(r *http.Request) (trusted bool, client netip.Addr) {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return false, netip.Addr{}
	}
	client = peer.Addr().Unmap().WithZone("")
	if !g.trusts(client) {
		return false, client
	}
	for _, line := range slices.Backward(r.Header.Values("X-Forwarded-For")) {
		for _, hop := range slices.Backward(strings.Split(line, ",")) {
			addr, err := netip.ParseAddr(strings.TrimSpace(hop))
			if err != nil {
				return true, client
			}
			client = addr.Unmap().WithZone("")
			if !g.trusts(client) {
				return true, client
			}
		}
	}
	return true, client
}

// warnOfProxy tells the operator, once, of what seems to be her own proxy, whose clients all count as one while it is not
// trusted. It would be near; what comes from afar with that header is somebody's try.
func (g *Gateway) warnOfProxy(peer netip.Addr) {
	if peer.IsLoopback() || peer.IsPrivate() {
		g.warned.Do(func() {
			g.Log.Warn("a proxy hands on requests and is not trusted, so everybody behind it counts as one client; if it is yours, name it in RUNG_TRUSTED_PROXIES",
				"proxy", peer.String())
		})
	}
}

func (g *Gateway) trusts(a netip.Addr) bool {
	return slices.ContainsFunc(g.Trusted, func(p netip.Prefix) bool { return p.Contains(a) })
}

// requestID is the id that a trusted proxy gave, or a new one.
func requestID(r *http.Request, trusted bool) string {
	if id := r.Header.Get("X-Request-Id"); trusted && sane(id) {
		return id
	}
	var b [16]byte
	n, m := rand.Uint64(), rand.Uint64()
	for i := range 8 {
		b[i], b[8+i] = byte(n>>(8*i)), byte(m>>(8*i))
	}
	return hex.EncodeToString(b[:])
}

func sane(id string) bool {
	if len(id) < 8 || len(id) > 64 {
		return false
	}
	return !strings.ContainsFunc(id, func(c rune) bool {
		return (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '-' && c != '_' && c != '.'
	})
}
