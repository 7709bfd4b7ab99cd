package auth_test

import (
	"errors"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rung-app/rung/internal/auth"
	"github.com/rung-app/rung/internal/fault"
)

func TestLoginDoesNotTellWhoHasAnAccount(t *testing.T) {
	h := open(t)
	h.register("ann@example.org")
	h.register("eve@example.org")
	must(t, h.Disable(t.Context(), "eve@example.org", true))
	_, want := h.Login(t.Context(), "ann@example.org", "wrong password", here())
	refused(t, "a wrong password", want, "wrong-credentials")
	for name, email := range map[string]string{
		"an unknown address": "nobody@example.org", "what is no address": "ann", "nothing": "", "a disabled account": "eve@example.org",
	} {
		_, err := h.Login(t.Context(), email, "wrong password", here())
		if diff := cmp.Diff(want, err); diff != "" {
			t.Errorf("%s differs from a wrong password:\n%s", name, diff)
		}
	}
	for name, password := range map[string]string{"no": "", "a very long": strings.Repeat("x", 1<<20)} {
		_, err := h.Login(t.Context(), "ann@example.org", password, elsewhere())
		refused(t, name+" password", err, "wrong-credentials")
	}
}

func TestADisabledAccountIsToldSoWithThePassword(t *testing.T) {
	h := open(t)
	h.register("ann@example.org")
	must(t, h.Disable(t.Context(), "ann@example.org", true))
	_, err := h.Login(t.Context(), "ann@example.org", goodPassword, here())
	refused(t, "login", err, "account-disabled")
	must(t, h.Disable(t.Context(), "ann@example.org", false))
	h.login("ann@example.org")
}

func TestThePasswordIsTheSameHoweverItIsTyped(t *testing.T) {
	h := open(t)
	_, err := h.Register(t.Context(), auth.Registration{Email: "ann@example.org", Password: "Schl\u00fcssel", Name: "Ann"}, here())
	must(t, err)
	_, err = h.Login(t.Context(), "ann@example.org", "Schlu\u0308ssel", here())
	must(t, err)
}

func TestGuessingIsLimitedByAddressAndAccount(t *testing.T) {
	h := open(t)
	h.register("ann@example.org")
	guess := func(c auth.Client) error {
		_, err := h.Login(t.Context(), "ann@example.org", "wrong password", c)
		return err
	}
	for range 10 {
		refused(t, "within the limit", guess(here()), "wrong-credentials")
	}
	err := guess(here())
	refused(t, "beyond the limit", err, "too-many-requests")
	if f, _ := errors.AsType[*fault.Error](err); f.RetryAfter <= 0 {
		t.Error("it is not said when to come back")
	}
	_, err = h.Login(t.Context(), "ann@example.org", goodPassword, here())
	refused(t, "the right password, too late", err, "too-many-requests")

	_, err = h.Login(t.Context(), "ann@example.org", goodPassword, elsewhere())
	must(t, err) // she herself, from elsewhere, is not locked out

	failed := 0
	for i := range 300 {
		err := guess(auth.Client{Address: netip.AddrFrom4([4]byte{203, 0, 113, byte(i)})})
		if fault.KindOf(err) == fault.KindTooMany {
			break
		}
		failed++
	}
	if failed > 100 {
		t.Errorf("%d guesses at one account from many addresses", failed)
	}
	h.clock.pass(time.Hour)
	h.login("ann@example.org")
}

// Whoever guesses on from ever new addresses keeps strangers' attempts refused for as long as she likes, but not the
// owner's.
func TestNobodyCanLockSomebodyElseOut(t *testing.T) {
	t.Parallel()
	h := open(t)
	login := func(password string, c auth.Client) (auth.SignedIn, error) {
		return h.Login(t.Context(), "ann@example.org", password, c)
	}
	office := auth.Client{Address: netip.MustParseAddr("198.51.100.8")}
	r := h.register("ann@example.org")
	_, err := login(goodPassword, office)
	must(t, err)
	besiege := func() {
		for i := range 300 {
			_, err := login("wrong password", auth.Client{Address: netip.AddrFrom4([4]byte{203, 0, 113, byte(i)})})
			if fault.KindOf(err) == fault.KindTooMany {
				return
			}
		}
		t.Fatal("the account's limit is never reached")
	}
	besiege()
	_, err = login(goodPassword, elsewhere())
	refused(t, "from where nobody has seen her", err, "too-many-requests")
	_, err = login(goodPassword, here())
	must(t, err) // here her session is open

	must(t, h.Logout(t.Context(), r.Refresh))
	must(t, h.ForgotPassword(t.Context(), "ann@example.org", elsewhere()))
	must(t, h.ResetPassword(t.Context(), h.link("reset-password"), newPassword, elsewhere()))
	besiege()
	for name, c := range map[string]auth.Client{"where her sessions were": office, "where she opened the link": elsewhere()} {
		if _, err := login(newPassword, c); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for range 10 {
		_, err = login("wrong password", office)
		refused(t, "guessing there", err, "wrong-credentials")
	}
	_, err = login(newPassword, office)
	refused(t, "guessing there too often", err, "too-many-requests")

	h.Service = h.serve() // another process knows it by the sessions
	besiege()
	_, err = login(newPassword, office)
	must(t, err)
	_, err = login(newPassword, auth.Client{Address: netip.MustParseAddr("198.51.100.9")})
	refused(t, "from where nobody has seen her", err, "too-many-requests")
}

func TestOneAddressCanNotTryEverybody(t *testing.T) {
	h := open(t)
	tried := 0
	for i := range 300 {
		c := auth.Client{Address: netip.AddrFrom16([16]byte{0x20, 1, 0xd, 0xb8, 15: byte(i)})} // within one /64
		_, err := h.Login(t.Context(), "user"+strings.Repeat("x", i%60)+"@example.org", "wrong password", c)
		if fault.KindOf(err) == fault.KindTooMany {
			break
		}
		tried++
	}
	if tried > 100 {
		t.Errorf("%d tries", tried)
	}
}

func TestWhoKnowsThePasswordIsNotLimited(t *testing.T) {
	h := open(t)
	h.register("ann@example.org")
	for range 30 {
		h.login("ann@example.org")
	}
}

func TestAPasswordIsHashedAnewWhenThePriceHasChanged(t *testing.T) {
	h := open(t)
	r := h.register("ann@example.org")
	stored := func() string {
		a, err := h.store.Account(t.Context(), r.User)
		must(t, err)
		return a.Password
	}
	before := stored()
	h.login("ann@example.org")
	if stored() != before {
		t.Error("hashed anew at the same price")
	}
	h.Service = h.serve(func(o *auth.Options) { o.Hashing.Memory = 128 })
	if _, err := h.Login(t.Context(), "ann@example.org", "wrong password", here()); err == nil || stored() != before {
		t.Error("a wrong password changed the hash")
	}
	h.login("ann@example.org")
	if after := stored(); !strings.Contains(after, "m=128,") {
		t.Errorf("the hash is %s", after)
	}
	h.login("ann@example.org")
}
