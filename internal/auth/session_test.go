package auth_test

import (
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/auth"
)

func (h *house) refresh(token string) (auth.SignedIn, error) {
	return h.Refresh(h.t.Context(), token, here())
}

func (h *house) mustRefresh(token string) auth.SignedIn {
	h.t.Helper()
	in, err := h.refresh(token)
	must(h.t, err)
	return in
}

func TestARefreshTokenIsReplaced(t *testing.T) {
	h := open(t)
	first := h.register("ann@example.org").SignedIn
	second := h.mustRefresh(first.Refresh)
	if second.Refresh == first.Refresh || second.Session != first.Session || second.User != first.User {
		t.Errorf("%+v after %+v", second, first)
	}
	if id := h.identity(second); id.Session != first.Session {
		t.Errorf("the access token is of session %v", id.Session)
	}
	third := h.mustRefresh(second.Refresh)
	if third.Refresh == second.Refresh || third.Refresh == first.Refresh {
		t.Error("not replaced again")
	}
}

func TestARefreshTokenUsedAgainSoonGetsTheSameSuccessor(t *testing.T) {
	h := open(t)
	first := h.register("ann@example.org").SignedIn
	second := h.mustRefresh(first.Refresh)
	h.clock.pass(30 * time.Second)
	if again := h.mustRefresh(first.Refresh); again.Refresh != second.Refresh {
		t.Error("another successor")
	}
	third := h.mustRefresh(second.Refresh)
	h.clock.pass(20 * time.Second)
	if again := h.mustRefresh(second.Refresh); again.Refresh != third.Refresh {
		t.Error("another successor the second time")
	}
}

func TestWhoIsTwoTokensBehindGetsTheNewest(t *testing.T) {
	h := open(t)
	first := h.register("ann@example.org").SignedIn
	second := h.mustRefresh(first.Refresh)
	h.clock.pass(time.Second)
	third := h.mustRefresh(second.Refresh)
	if again := h.mustRefresh(first.Refresh); again.Refresh != third.Refresh {
		t.Error("not the newest")
	}
}

func TestManyThatRefreshAtOnceGetOneSuccessor(t *testing.T) {
	h := open(t)
	first := h.register("ann@example.org").SignedIn
	services := []*auth.Service{h.Service, h.serve()}
	var mu sync.Mutex
	got := map[string]bool{}
	var all sync.WaitGroup
	for i := range 16 {
		all.Go(func() {
			in, err := services[i%2].Refresh(t.Context(), first.Refresh, here())
			if err != nil {
				t.Error(err)
			}
			mu.Lock()
			defer mu.Unlock()
			got[in.Refresh] = true
		})
	}
	all.Wait()
	if len(got) != 1 {
		t.Errorf("%d successors", len(got))
	}
}

func TestARefreshTokenUsedAgainLateEndsTheSession(t *testing.T) {
	h := open(t)
	first := h.register("ann@example.org").SignedIn
	other := h.login("ann@example.org")
	second := h.mustRefresh(first.Refresh)
	h.clock.pass(30*time.Second + time.Millisecond)
	_, err := h.refresh(first.Refresh)
	refused(t, "the old token", err, "session-ended")
	_, err = h.refresh(second.Refresh)
	refused(t, "the newest, now that the old one was seen twice", err, "session-ended")
	_, err = h.Verify(t.Context(), second.Access)
	refused(t, "the access token", err, "session-ended")
	h.mustRefresh(other.Refresh) // her other sessions go on
}

func TestALongPastTokenEndsTheSession(t *testing.T) {
	h := open(t)
	first := h.register("ann@example.org").SignedIn
	now := first
	for range 100 {
		h.clock.pass(time.Minute)
		now = h.mustRefresh(now.Refresh)
	}
	_, err := h.refresh(first.Refresh)
	refused(t, "the first token", err, "session-ended")
	_, err = h.refresh(now.Refresh)
	refused(t, "the newest token", err, "session-ended")
}

func TestAnInventedTokenEndsNothing(t *testing.T) {
	h := open(t)
	in := h.register("ann@example.org").SignedIn
	spoiled := []byte(in.Refresh)
	spoiled[len(spoiled)-10] ^= 1
	for name, token := range map[string]string{
		"another secret": string(spoiled), "cut off": in.Refresh[:len(in.Refresh)-4], "nothing": "", "an access token": in.Access,
	} {
		_, err := h.refresh(token)
		refused(t, name, err, "session-ended")
		must(t, h.Logout(t.Context(), token))
	}
	h.identity(in)
	h.mustRefresh(in.Refresh)
}

func TestASessionEndsByItself(t *testing.T) {
	h := open(t)
	idle := h.register("ann@example.org").SignedIn
	h.clock.pass(30*24*time.Hour + time.Second)
	_, err := h.refresh(idle.Refresh)
	refused(t, "after a month's rest", err, "session-ended")

	busy := h.login("ann@example.org")
	var days int
	for days = 0; days < 500; days += 20 {
		h.clock.pass(20 * 24 * time.Hour)
		if busy, err = h.refresh(busy.Refresh); err != nil {
			break
		}
	}
	refused(t, "after a year", err, "session-ended")
	if days < 340 {
		t.Errorf("ended after %d days", days)
	}
}

func TestLogout(t *testing.T) {
	h := open(t)
	first := h.register("ann@example.org").SignedIn
	h.identity(first)
	second := h.mustRefresh(first.Refresh)
	h.clock.pass(time.Hour)
	must(t, h.Logout(t.Context(), first.Refresh)) // an old token is enough to leave
	must(t, h.Logout(t.Context(), first.Refresh))
	_, err := h.refresh(second.Refresh)
	refused(t, "refresh after logout", err, "session-ended")
	_, err = h.Verify(t.Context(), h.login("ann@example.org").Access)
	must(t, err)
}

func TestASessionOfADisabledAccountIsNotRefreshed(t *testing.T) {
	h := open(t)
	in := h.register("ann@example.org").SignedIn
	must(t, h.Disable(t.Context(), "ann@example.org", true))
	_, err := h.refresh(in.Refresh)
	refused(t, "while disabled", err, "session-ended")
	must(t, h.Disable(t.Context(), "ann@example.org", false))
	_, err = h.refresh(in.Refresh)
	refused(t, "when it is let in again", err, "session-ended")
}

func TestSessionsAreSeenAndEnded(t *testing.T) {
	h := open(t)
	first := h.register("ann@example.org").SignedIn
	stranger := h.register("eve@example.org").SignedIn
	h.clock.pass(time.Minute)
	second, err := h.Login(t.Context(), "ann@example.org", goodPassword, auth.Client{
		Address: elsewhere().Address, Agent: "Fire\x00fox\n\xff",
	})
	must(t, err)
	ann, eve := h.identity(first), h.identity(stranger)
	list, err := h.Sessions(t.Context(), ann)
	must(t, err)
	if len(list) != 2 || list[0].ID != second.Session || list[0].Agent != "Firefox" || list[0].Address != "198.51.100.7" || list[1].ID != first.Session {
		t.Fatalf("sessions: %+v", list)
	}
	must(t, h.EndSession(t.Context(), eve, second.Session)) // not hers: nothing happens
	h.identity(second)
	must(t, h.EndSession(t.Context(), ann, second.Session))
	must(t, h.EndSession(t.Context(), ann, second.Session))
	_, err = h.Verify(t.Context(), second.Access)
	refused(t, "its access token", err, "session-ended")
	_, err = h.refresh(second.Refresh)
	refused(t, "its refresh token", err, "session-ended")
	h.identity(first)
}

func TestAnAccountHasABoundedNumberOfSessions(t *testing.T) {
	h := open(t)
	first := h.register("ann@example.org").SignedIn
	var last auth.SignedIn
	for range 105 {
		h.clock.pass(time.Second)
		last = h.login("ann@example.org")
	}
	list, err := h.Sessions(t.Context(), h.identity(last))
	must(t, err)
	if len(list) != 100 {
		t.Errorf("%d sessions", len(list))
	}
	_, err = h.refresh(first.Refresh)
	refused(t, "the oldest session", err, "session-ended")
}

func TestAPersonalTokenManagesNoCredentials(t *testing.T) {
	h := open(t)
	id := h.identity(h.register("ann@example.org").SignedIn)
	_, secret, err := h.CreateToken(t.Context(), id, auth.NewToken{Name: "all", Scopes: auth.Scopes()})
	must(t, err)
	by, err := h.Verify(t.Context(), secret)
	must(t, err)
	_, err = h.Sessions(t.Context(), by)
	refused(t, "list sessions", err, "session-required")
	refused(t, "end a session", h.EndSession(t.Context(), by, id.Session), "session-required")
	_, err = h.Tokens(t.Context(), by)
	refused(t, "list tokens", err, "session-required")
	_, _, err = h.CreateToken(t.Context(), by, auth.NewToken{Name: "more", Scopes: auth.Scopes()})
	refused(t, "make a token", err, "session-required")
	refused(t, "delete a token", h.DeleteToken(t.Context(), by, uuid.New()), "session-required")
	refused(t, "change the password", h.ChangePassword(t.Context(), by, goodPassword, "another password", here()), "session-required")
	refused(t, "check the password", h.CheckPassword(t.Context(), by, goodPassword, here()), "session-required")
	refused(t, "ask for mail", h.AskVerification(t.Context(), by, here()), "session-required")
}
