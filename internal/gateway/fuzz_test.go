package gateway

import (
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
)

// FuzzForwarded: whatever is said of where a request came from, the client is the peer, unless that is a trusted proxy;
// then it is an address that was named. A request's id is always one that can stand in a header.
func FuzzForwarded(f *testing.F) {
	f.Add("10.0.0.1:1", "1.2.3.4, 10.0.0.2", "abcdefgh", "")
	f.Add("1.2.3.4:5", "9.9.9.9", "evil\r\nid: x", "")
	f.Add("[::ffff:10.0.0.1%eth0]:1", "::1%25x, , 1.2.3.4:80", "-", "10.0.0.3")
	f.Add("", "unknown", "", "_hidden")
	g := &Gateway{Options: Options{Trusted: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}}}
	f.Fuzz(func(t *testing.T, peer, forwarded, id, second string) {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = peer
		r.Header["X-Forwarded-For"] = []string{forwarded, second}
		r.Header["X-Request-Id"] = []string{id}
		trusted, client := g.client(r)
		p, err := netip.ParseAddrPort(peer)
		direct := p.Addr().Unmap().WithZone("")
		switch {
		case err != nil:
			if trusted || client.IsValid() {
				t.Errorf("of %q it is believed that it is %s", peer, client)
			}
		case !netip.MustParsePrefix("10.0.0.0/8").Contains(direct):
			if trusted || client != direct {
				t.Errorf("%s is believed to be %s", peer, client)
			}
		case client != direct && !strings.Contains(forwarded+","+second, ".") && !strings.Contains(forwarded+","+second, ":"):
			t.Errorf("%s comes from nowhere", client)
		}
		if client.Zone() != "" {
			t.Errorf("%s has a zone", client)
		}
		got := requestID(r, trusted)
		if !sane(got) || !trusted && got == id {
			t.Errorf("the request's id is %q", got)
		}
	})
}
