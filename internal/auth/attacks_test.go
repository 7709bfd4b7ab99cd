package auth_test

import (
	"encoding/base64"
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/audit"
	"github.com/rung-app/rung/internal/auth"
)

// TestWhatIsAnsweredAlikeCostsAlike counts the passwords that are hashed, which is nearly all of the time that an answer
// takes.
func TestWhatIsAnsweredAlikeCostsAlike(t *testing.T) {
	h := open(t)
	h.register("ann@example.org")
	h.register("eve@example.org")
	h.register("root@example.org")
	must(t, h.Disable(t.Context(), "eve@example.org", true))
	hashed := func(do func()) int64 {
		before := h.Hashed()
		do()
		return h.Hashed() - before
	}
	for name, email := range map[string]string{
		"a wrong password": "ann@example.org", "an unknown address": "nobody@example.org", "what is no address": "ann", "nothing": "",
		"a disabled account": "eve@example.org",
	} {
		if n := hashed(func() { _, _ = h.Login(t.Context(), email, "wrong password", here()) }); n != 1 {
			t.Errorf("signing in with %s hashes %d times", name, n)
		}
	}
	for name, email := range map[string]string{"a taken address": "ann@example.org", "a free one": "zoe@example.org"} {
		r := auth.Registration{Email: email, Password: goodPassword, Name: "X"}
		if n := hashed(func() { _, _ = h.Register(t.Context(), r, here()) }); n != 1 {
			t.Errorf("registering with %s hashes %d times", name, n)
		}
	}
	for name, email := range map[string]string{"a known address": "ann@example.org", "an unknown one": "nobody@example.org"} {
		if n := hashed(func() { must(t, h.ForgotPassword(t.Context(), email, here())) }); n != 0 {
			t.Errorf("forgetting with %s hashes %d times", name, n)
		}
	}
}

// TestWhoIsNotInvitedLearnsOfNobody asks where only the invited may register.
func TestWhoIsNotInvitedLearnsOfNobody(t *testing.T) {
	h := open(t)
	h.register("ann@example.org")
	for _, signup := range []auth.Signup{auth.SignupInvite, auth.SignupClosed} {
		s := h.serve(func(o *auth.Options) { o.Signup = signup })
		var answers []string
		for _, email := range []string{"ann@example.org", "nobody@example.org"} {
			before := s.Hashed()
			_, err := s.Register(t.Context(), auth.Registration{Email: email, Password: goodPassword, Name: "X"}, here())
			answers = append(answers, fmt.Sprint(err, s.Hashed()-before))
		}
		if answers[0] != answers[1] {
			t.Errorf("%s: %v", signup, answers)
		}
	}
}

func TestTokensThatConfuse(t *testing.T) {
	h := open(t)
	in := h.register("ann@example.org").SignedIn
	part := strings.Split(in.Access, ".")
	b64 := func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }
	type claims = jwt.MapClaims
	type header = map[string]any
	own := func(change func(claims, header)) string {
		return h.forge(in, func(c claims, hd header) (jwt.SigningMethod, any) { change(c, hd); return nil, nil })
	}
	headerLess := func(alg string) string {
		return b64(`{"alg":"`+alg+`","typ":"JWT"}`) + "." + part[1] + "."
	}
	for name, token := range map[string]string{
		"a segment more":             in.Access + ".x",
		"an empty one more":          in.Access + ".",
		"a nested token":             b64(in.Access) + "." + part[1] + "." + part[2],
		"no algorithm, spelled None": headerLess("None"),
		"no algorithm, in capitals":  headerLess("NONE"),
		"no algorithm at all":        b64(`{"typ":"JWT"}`) + "." + part[1] + "." + part[2],
		"a signature padded":         in.Access + "=",
		"a signature with a tail":    in.Access + "A",
		"a line break in it":         part[0] + "." + part[1] + "\n." + part[2],
		"one of a megabyte":          part[0] + "." + strings.Repeat("A", 1<<20) + "." + part[2],
		"a million dots":             strings.Repeat(".", 1<<20),
		"a key id that is a path":    own(func(_ claims, hd header) { hd["kid"] = "../../../dev/null" }),
		"a key id that is a query":   own(func(_ claims, hd header) { hd["kid"] = "x' OR '1'='1" }),
		"a key id that is a list":    own(func(_ claims, hd header) { hd["kid"] = []string{hd["kid"].(string)} }),
		"an empty key id":            own(func(_ claims, hd header) { hd["kid"] = "" }),
		"one for later":              own(func(c claims, _ header) { c["nbf"] = h.clock.read().Add(time.Minute).Unix() }),
		"an end that is text":        own(func(c claims, _ header) { c["exp"] = "never" }),
		"an end below zero":          own(func(c claims, _ header) { c["exp"] = -1 }),
		"a list of users":            own(func(c claims, _ header) { c["sub"] = []string{in.User.String()} }),
		"the nobody":                 own(func(c claims, _ header) { c["sub"] = uuid.Nil.String() }),
		"a session that is a query":  own(func(c claims, _ header) { c["sid"] = "x' OR '1'='1" }),
		"a key of its own": h.forge(in, func(_ claims, hd header) (jwt.SigningMethod, any) {
			hd["jwk"] = map[string]string{"kty": "oct", "k": "AAAA"}
			hd["jku"] = "https://evil.example/keys"
			return jwt.SigningMethodHS256, []byte{0, 0, 0}
		}),
	} {
		if id, err := h.Verify(t.Context(), token); err == nil {
			t.Errorf("%s was good, for %s", name, id.User)
		}
	}
	// What is said of rights in a token is of no matter: they are looked up.
	id, err := h.Verify(t.Context(), own(func(c claims, _ header) { c["admin"], c["scope"] = true, "admin" }))
	if err != nil || id.Admin {
		t.Errorf("an administrator by her own word: %v", err)
	}
	h.register("root@example.org")
	must(t, h.Disable(t.Context(), "ann@example.org", true))
	_, err = h.Verify(t.Context(), in.Access)
	refused(t, "of a disabled account", err, "session-ended")
}

func TestRefreshTokensCanNotBeTamperedWith(t *testing.T) {
	h := open(t)
	ann, eve := h.register("ann@example.org").SignedIn, h.register("eve@example.org").SignedIn
	for range 5 {
		ann = h.mustRefresh(ann.Refresh)
		h.clock.pass(time.Minute)
	}
	raw, err := base64.RawURLEncoding.DecodeString(strings.TrimPrefix(ann.Refresh, "rung_rt_"))
	must(t, err)
	for i := range raw { // whatever byte is another
		spoiled := append([]byte{}, raw...)
		spoiled[i] ^= 1
		_, err := h.refresh("rung_rt_" + base64.RawURLEncoding.EncodeToString(spoiled))
		refused(t, fmt.Sprintf("with byte %d changed", i), err, "session-ended")
	}
	for _, generation := range []int64{0, 1, 4, 6, 1 << 40, 1<<63 - 1} {
		_, err := h.refresh(auth.WithGeneration(ann.Refresh, generation))
		refused(t, fmt.Sprintf("of generation %d", generation), err, "session-ended")
	}
	hers, err := base64.RawURLEncoding.DecodeString(strings.TrimPrefix(eve.Refresh, "rung_rt_"))
	must(t, err)
	for _, cut := range []int{16, 32, 40, 72} { // the beginning of one, the end of another
		_, err := h.refresh("rung_rt_" + base64.RawURLEncoding.EncodeToString(append(append([]byte{}, raw[:cut]...), hers[cut:]...)))
		refused(t, fmt.Sprintf("put together at %d", cut), err, "session-ended")
	}
	for name, token := range map[string]string{
		"padded": ann.Refresh + "=", "a bit longer": ann.Refresh + "A", "with a space": " " + ann.Refresh,
		"a personal token": strings.Replace(ann.Refresh, "rung_rt_", "rung_pat_", 1),
	} {
		_, err := h.refresh(token)
		refused(t, name, err, "session-ended")
		must(t, h.Logout(t.Context(), token))
	}
	h.identity(ann) // nothing of that has ended anything
	h.mustRefresh(ann.Refresh)
	h.mustRefresh(eve.Refresh)
}

// TestAFloodOfFailuresIsWrittenDownWithinBounds guesses at one account and at many that there are not.
func TestAFloodOfFailuresIsWrittenDownWithinBounds(t *testing.T) {
	h := open(t)
	ann := h.register("ann@example.org")
	from := func(i int) auth.Client {
		return auth.Client{Address: netip.AddrFrom4([4]byte{10, byte(i >> 16), byte(i >> 8), byte(i)})}
	}
	for i := range 60 {
		_, _ = h.Login(t.Context(), "ann@example.org", "wrong password", from(i))
	}
	of := func(subject uuid.UUID) []audit.Entry {
		found, err := h.store.Audit().Entries(t.Context(), audit.Query{Action: audit.SignInFailed, Subject: subject, Limit: 10_000})
		must(t, err)
		return found
	}
	if n := len(of(ann.User)); n != auth.FailureBurst {
		t.Errorf("%d failures of one account are written down", n)
	}
	for i := range 700 {
		_, _ = h.Login(t.Context(), fmt.Sprintf("user%d@example.org", i), "wrong password", from(1000+i))
	}
	if n := len(of(uuid.Nil)); n != 500 {
		t.Errorf("%d failures are written down of 760", n)
	}
	h.clock.pass(time.Hour)
	_, _ = h.Login(t.Context(), "ann@example.org", "wrong password", from(1))
	if last := of(ann.User)[0]; last.Detail["unrecorded"] != "210" {
		t.Errorf("of those that are not: %v", last)
	}
	h.login("ann@example.org") // and the owner is let in
}

func TestTheOperatorsDoingIsWrittenDown(t *testing.T) {
	h := open(t)
	ctx := audit.With(t.Context(), audit.Origin{By: audit.ByOperator})
	made, _, err := h.Create(ctx, "ann@example.org", "Ann", "", true)
	must(t, err)
	_, err = h.SetPassword(ctx, "ann@example.org", "")
	must(t, err)
	entries, err := h.store.Audit().Entries(t.Context(), audit.Query{Subject: made.ID, Limit: 10})
	must(t, err)
	for _, e := range entries {
		if e.By != audit.ByOperator || e.Actor != uuid.Nil {
			t.Errorf("by %s %s: %s", e.By, e.Actor, e.Action)
		}
	}
	if got := h.actions(made.ID); fmt.Sprint(got) != fmt.Sprint([]string{audit.AccountCreated, audit.AccountPromoted, audit.PasswordReset}) {
		t.Errorf("written down: %v", got)
	}
}

// TestWhatHappensToSessionsIsWrittenDown has each of them happen once.
func TestWhatHappensToSessionsIsWrittenDown(t *testing.T) {
	h := open(t)
	r, err := h.Register(t.Context(), auth.Registration{Email: "ann@example.org", Password: goodPassword, Name: "Ann"}, here())
	must(t, err)
	must(t, h.VerifyEmail(t.Context(), h.link("verify-email"), here()))
	second := h.login("ann@example.org")
	must(t, h.EndSession(t.Context(), h.identity(r.SignedIn), second.Session))
	must(t, h.EndSession(t.Context(), h.identity(r.SignedIn), second.Session))
	third := h.login("ann@example.org")
	must(t, h.Logout(t.Context(), third.Refresh))
	must(t, h.ForgotPassword(t.Context(), "ann@example.org", here()))
	must(t, h.ResetPassword(t.Context(), h.link("reset-password"), goodPassword, here()))
	stolen := h.login("ann@example.org")
	h.mustRefresh(stolen.Refresh)
	h.clock.pass(time.Minute)
	_, err = h.refresh(stolen.Refresh)
	refused(t, "a token that was used", err, "session-ended")
	want := []string{
		audit.AccountCreated, audit.SignedIn, audit.EmailVerified, audit.SignedIn, audit.SignedOut, audit.SignedIn, audit.SignedOut,
		audit.PasswordForgotten, audit.PasswordReset, audit.SignedIn, audit.SessionStolen,
	}
	if got := h.actions(r.User); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("written down: %v\nwant %v", got, want)
	}
}
