package auth_test

import (
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rung-app/rung/internal/auth"
)

const newPassword = "staple battery horse"

func TestChangePassword(t *testing.T) {
	h := open(t)
	mine := h.register("ann@example.org").SignedIn
	other := h.login("ann@example.org")
	id := h.identity(mine)
	h.identity(other)
	invalid(t, "a wrong old one", h.ChangePassword(t.Context(), id, "wrong password", newPassword, here()), "current")
	invalid(t, "a bad new one", h.ChangePassword(t.Context(), id, goodPassword, "password", here()), "new")
	h.identity(other)
	must(t, h.ChangePassword(t.Context(), id, goodPassword, newPassword, here()))
	h.identity(mine)
	_, err := h.Verify(t.Context(), other.Access)
	refused(t, "another session", err, "session-ended")
	_, err = h.Login(t.Context(), "ann@example.org", goodPassword, here())
	refused(t, "the old password", err, "wrong-credentials")
	_, err = h.Login(t.Context(), "ann@example.org", newPassword, here())
	must(t, err)
	if sent := h.deliver(); len(sent) != 1 || sent[0].To != "ann@example.org" || !strings.Contains(sent[0].Subject, "changed") {
		t.Errorf("mails: %v", sent)
	}
}

func TestGuessingTheOldPasswordIsLimited(t *testing.T) {
	h := open(t)
	id := h.identity(h.register("ann@example.org").SignedIn)
	for range 10 {
		invalid(t, "a guess", h.ChangePassword(t.Context(), id, "wrong password", newPassword, here()), "current")
	}
	refused(t, "one more", h.ChangePassword(t.Context(), id, goodPassword, newPassword, here()), "too-many-requests")
	refused(t, "a check", h.CheckPassword(t.Context(), id, goodPassword, here()), "too-many-requests")
	must(t, h.CheckPassword(t.Context(), id, goodPassword, elsewhere()))
	invalid(t, "a wrong check", h.CheckPassword(t.Context(), id, newPassword, elsewhere()), "password")
}

func TestAForgottenPasswordIsResetByMail(t *testing.T) {
	t.Parallel()
	h := open(t)
	in := h.register("ann@example.org").SignedIn
	h.identity(in)
	must(t, h.ForgotPassword(t.Context(), "ANN@example.org", here()))
	link := h.link("reset-password")
	invalid(t, "a bad password", h.ResetPassword(t.Context(), link, "password", here()), "password")
	must(t, h.ResetPassword(t.Context(), link, newPassword, here()))
	_, err := h.Verify(t.Context(), in.Access)
	refused(t, "a session from before", err, "session-ended")
	_, err = h.Login(t.Context(), "ann@example.org", goodPassword, here())
	refused(t, "the old password", err, "wrong-credentials")
	_, err = h.Login(t.Context(), "ann@example.org", newPassword, here())
	must(t, err)
	refused(t, "the link again", h.ResetPassword(t.Context(), link, goodPassword, here()), "link-used")
	if a, err := h.Find(t.Context(), "ann@example.org"); err != nil || !a.Verified {
		t.Errorf("the address was shown to be hers: %+v, %v", a, err)
	}
}

// Anybody can register with somebody else's address and wait until its owner comes and finds the account hers.
func TestWhoRegisteredAnAddressThatIsNotHersKeepsNoWayIn(t *testing.T) {
	t.Parallel()
	h := open(t)
	in := h.register("ann@example.org").SignedIn
	eve := h.identity(in)
	makeToken := func(id auth.Identity) string {
		_, secret, err := h.CreateToken(t.Context(), id, auth.NewToken{Name: "x", Scopes: []string{"read"}})
		must(t, err)
		return secret
	}
	reset := func(password string) {
		must(t, h.ForgotPassword(t.Context(), "ann@example.org", here()))
		must(t, h.ResetPassword(t.Context(), h.link("reset-password"), password, here()))
		h.deliver()
	}
	backdoor := makeToken(eve)
	reset(newPassword)
	_, err := h.Verify(t.Context(), backdoor)
	refused(t, "a token from before the address was shown to be Ann's", err, "session-ended")
	_, err = h.Verify(t.Context(), in.Access)
	refused(t, "a session from before", err, "session-ended")

	in, err = h.Login(t.Context(), "ann@example.org", newPassword, here())
	must(t, err)
	hers := makeToken(h.identity(in))
	reset(goodPassword)
	_, err = h.Verify(t.Context(), hers)
	must(t, err)
}

func TestAnswersToForgottenPasswordsAreTheSame(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.register("ann@example.org")
	h.register("eve@example.org")
	must(t, h.Disable(t.Context(), "eve@example.org", true))
	for _, email := range []string{"nobody@example.org", "eve@example.org"} {
		must(t, h.ForgotPassword(t.Context(), email, here()))
	}
	if sent := h.deliver(); len(sent) != 0 {
		t.Errorf("mails: %v", sent)
	}
	invalid(t, "what is no address", h.ForgotPassword(t.Context(), "ann", here()), "email")
	for _, email := range []string{"ann@example.org", "nobody@else.example"} {
		var err error
		for range 5 {
			err = h.ForgotPassword(t.Context(), email, elsewhere())
		}
		refused(t, "too often, "+email, err, "too-many-requests")
	}
}

func TestWithoutAPublicAddressNoLinkIsMailed(t *testing.T) {
	h := open(t, func(o *auth.Options) { o.PublicURL = "" })
	id := h.identity(h.register("ann@example.org").SignedIn)
	must(t, h.ForgotPassword(t.Context(), "ann@example.org", here()))
	must(t, h.ForgotPassword(t.Context(), "nobody@example.org", here()))
	if sent := h.deliver(); len(sent) != 0 {
		t.Errorf("mails: %v", sent)
	}
	if !strings.Contains(h.log.String(), "RUNG_PUBLIC_URL") {
		t.Errorf("the log does not say what to set: %s", h.log)
	}
	refused(t, "asking for a link", h.AskVerification(t.Context(), id, here()), "mail-not-set-up")
}

func TestALinkWorksOnceEvenInARace(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.register("ann@example.org")
	must(t, h.ForgotPassword(t.Context(), "ann@example.org", here()))
	link := h.link("reset-password")
	var worked atomic.Int64
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			err := h.ResetPassword(t.Context(), link, newPassword+strings.Repeat("x", i), here())
			if err == nil {
				worked.Add(1)
				return
			}
			refused(t, "a loser", err, "link-used")
		})
	}
	all.Wait()
	if n := worked.Load(); n != 1 {
		t.Errorf("the link worked %d times", n)
	}
}

func TestLinksRunOutAndAreOfTheirKind(t *testing.T) {
	t.Parallel()
	h := open(t)
	_, err := h.Register(t.Context(), auth.Registration{Email: "ann@example.org", Password: goodPassword, Name: "Ann"}, here())
	must(t, err)
	verify := h.link("verify-email")
	must(t, h.ForgotPassword(t.Context(), "ann@example.org", here()))
	reset := h.link("reset-password")
	refused(t, "to reset by a link to verify", h.ResetPassword(t.Context(), verify, newPassword, here()), "link-used")
	refused(t, "to verify by a link to reset", h.VerifyEmail(t.Context(), reset, here()), "link-used")
	refused(t, "what is no link", h.ResetPassword(t.Context(), "x", newPassword, here()), "link-used")
	refused(t, "what is no link", h.VerifyEmail(t.Context(), "x", here()), "link-used")
	h.clock.pass(time.Hour)
	refused(t, "an hour later", h.ResetPassword(t.Context(), reset, newPassword, here()), "link-used")
	must(t, h.VerifyEmail(t.Context(), verify, here()))
	must(t, h.Leave(t.Context(), h.identity(h.login("ann@example.org")), "", here()))
	refused(t, "of an account that is gone", h.VerifyEmail(t.Context(), verify, here()), "link-used")
	refused(t, "of an account that is gone", h.ResetPassword(t.Context(), reset, newPassword, here()), "link-used")
}

func TestANewPasswordMakesMailedLinksUseless(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := h.identity(h.register("ann@example.org").SignedIn)
	must(t, h.ForgotPassword(t.Context(), "ann@example.org", here()))
	link := h.link("reset-password")
	must(t, h.ChangePassword(t.Context(), id, goodPassword, newPassword, here()))
	refused(t, "the link from before", h.ResetPassword(t.Context(), link, goodPassword, here()), "link-used")
}

func TestVerifyEmail(t *testing.T) {
	h := open(t)
	r, err := h.Register(t.Context(), auth.Registration{Email: "ann@example.org", Password: goodPassword, Name: "Ann"}, here())
	must(t, err)
	link := h.link("verify-email")
	verified := func() bool {
		a, err := h.Get(t.Context(), r.User)
		must(t, err)
		return a.Verified
	}
	if verified() {
		t.Error("verified before the link was opened")
	}
	id := h.identity(r.SignedIn)
	must(t, h.AskVerification(t.Context(), id, here()))
	again := h.link("verify-email")
	must(t, h.VerifyEmail(t.Context(), link, here()))
	if !verified() {
		t.Error("not verified")
	}
	refused(t, "the link again", h.VerifyEmail(t.Context(), link, here()), "link-used")
	refused(t, "the other link", h.VerifyEmail(t.Context(), again, here()), "link-used")
	must(t, h.AskVerification(t.Context(), id, here()))
	if sent := h.deliver(); len(sent) != 0 {
		t.Errorf("mailed though verified: %v", sent)
	}
}

func TestTryingLinksIsLimited(t *testing.T) {
	h := open(t)
	for range 30 {
		refused(t, "a try", h.VerifyEmail(t.Context(), "x", here()), "link-used")
	}
	refused(t, "one more", h.VerifyEmail(t.Context(), "x", here()), "too-many-requests")
	refused(t, "one more", h.ResetPassword(t.Context(), "x", newPassword, here()), "too-many-requests")
}
