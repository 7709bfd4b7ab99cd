package auth_test

import (
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/audit"
	"github.com/rung-app/rung/internal/auth"
	"github.com/rung-app/rung/internal/fault"
)

func TestLeavingEndsEverythingAndFreesTheAddress(t *testing.T) {
	h := open(t)
	r := h.register("ann@example.org")
	other := h.login("ann@example.org")
	_, secret, err := h.CreateToken(t.Context(), h.identity(r.SignedIn), auth.NewToken{Name: "x", Scopes: []string{"read"}})
	must(t, err)
	h.clock.pass(11 * time.Minute)
	in, err := h.Refresh(t.Context(), r.Refresh, here())
	must(t, err)
	by := h.identity(in)
	refused(t, "an old session without the password", h.Leave(t.Context(), by, "", here()), "password-required")
	invalid(t, "a wrong password", h.Leave(t.Context(), by, "wrong password", here()), "password")
	h.people.trouble = fault.Conflict("sole-owner", "x")
	refused(t, "others depend on her", h.Leave(t.Context(), by, goodPassword, here()), "sole-owner")
	h.people.trouble = nil
	must(t, h.Leave(t.Context(), by, goodPassword, here()))

	for what, bearer := range map[string]string{"this session": in.Access, "a token": secret} {
		_, err := h.Verify(t.Context(), bearer)
		refused(t, what, err, "session-ended")
	}
	_, err = h.Refresh(t.Context(), other.Refresh, here())
	refused(t, "the other session", err, "session-ended")
	_, err = h.Login(t.Context(), "ann@example.org", goodPassword, here())
	refused(t, "signing in", err, "wrong-credentials")
	if sent := h.deliver(); len(sent) != 0 {
		t.Errorf("she is still mailed: %v", sent)
	}
	if fault.KindOf(h.Leave(t.Context(), by, goodPassword, here())) != fault.KindNotFound {
		t.Error("leaving again did something")
	}
	_, err = h.Register(t.Context(), auth.Registration{ID: r.User, Email: "eve@example.org", Password: goodPassword, Name: "Eve"}, here())
	refused(t, "taking her id", err, "id-taken")
	if again := h.register("ann@example.org"); again.User == r.User {
		t.Error("the same account")
	}
	if left, err := h.Departures(t.Context(), 10); err != nil || len(left) != 1 || left[0].ID != r.User {
		t.Errorf("departures: %v, %v", left, err)
	}
}

func TestAFreshSessionNeedsNoPasswordToLeave(t *testing.T) {
	h := open(t)
	r := h.register("ann@example.org")
	personal, secret, err := h.CreateToken(t.Context(), h.identity(r.SignedIn), auth.NewToken{Name: "x", Scopes: auth.Scopes()})
	must(t, err)
	by, err := h.Verify(t.Context(), secret)
	must(t, err)
	refused(t, "a personal access token", h.Leave(t.Context(), by, "", here()), "session-required")
	refused(t, "one with the password", h.Leave(t.Context(), by, goodPassword, here()), "session-required")
	_ = personal
	must(t, h.Leave(t.Context(), h.identity(r.SignedIn), "", here()))
}

func TestTheLastAdministratorStays(t *testing.T) {
	h := open(t)
	yes, no := true, false
	root := h.register("root@example.org").SignedIn
	must(t, h.Promote(t.Context(), "root@example.org", true))
	refused(t, "leaving", h.Leave(t.Context(), h.identity(root), "", here()), "last-administrator")
	refused(t, "the operator demotes", h.Promote(t.Context(), "root@example.org", false), "last-administrator")
	refused(t, "the operator disables", h.Disable(t.Context(), "root@example.org", true), "last-administrator")

	ann := h.register("ann@example.org").SignedIn
	must(t, h.Promote(t.Context(), "ann@example.org", true))
	byRoot, byAnn := h.identity(root), h.identity(ann)
	_, err := h.Administer(t.Context(), byRoot, ann.User, auth.Change{Disabled: &yes})
	must(t, err)
	_, err = h.Administer(t.Context(), byAnn, root.User, auth.Change{Admin: &no})
	refused(t, "one who is disabled is no administrator", err, "last-administrator")
	_, err = h.Administer(t.Context(), byRoot, ann.User, auth.Change{Disabled: &no})
	must(t, err)

	// Two demote each other, each sure that the other is one.
	var all sync.WaitGroup
	errs := make([]error, 2)
	for i, who := range []struct {
		by   auth.Identity
		user uuid.UUID
	}{{byRoot, ann.User}, {byAnn, root.User}} {
		all.Go(func() { _, errs[i] = h.Administer(t.Context(), who.by, who.user, auth.Change{Admin: &no}) })
	}
	all.Wait()
	list, err := h.Search(t.Context(), auth.Search{Admin: &yes, Limit: 10})
	must(t, err)
	if len(list) != 1 || (errs[0] == nil) == (errs[1] == nil) {
		t.Errorf("%d administrators are left; %v", len(list), errs)
	}
}

func TestAdministratorsDeleteAccountsAndEndSessions(t *testing.T) {
	h := open(t)
	root, ann := h.register("root@example.org").SignedIn, h.register("ann@example.org").SignedIn
	refused(t, "ending, by somebody who is none", h.EndSessions(t.Context(), h.identity(ann), root.User), "forbidden")
	refused(t, "deleting, by somebody who is none", h.Remove(t.Context(), h.identity(ann), root.User), "forbidden")
	must(t, h.Promote(t.Context(), "root@example.org", true))
	by := h.identity(root)
	must(t, h.EndSessions(t.Context(), by, ann.User))
	_, err := h.Verify(t.Context(), ann.Access)
	refused(t, "her session", err, "session-ended")
	h.login("ann@example.org")
	refused(t, "her own", h.Remove(t.Context(), by, root.User), "own-account")
	must(t, h.Remove(t.Context(), by, ann.User))
	if _, err := h.Get(t.Context(), ann.User); fault.KindOf(err) != fault.KindNotFound {
		t.Errorf("the account is there: %v", err)
	}
}

func TestAccountsAreFound(t *testing.T) {
	h := open(t)
	for _, email := range []string{"ann@example.org", "bob@example.com", "joann@example.com"} {
		h.register(email)
	}
	must(t, h.Promote(t.Context(), "bob@example.com", true))
	yes, no := true, false
	for what, c := range map[string]struct {
		q    auth.Search
		want int
	}{
		"all": {auth.Search{}, 3}, "a part of the address": {auth.Search{Text: " ANN@ "}, 2}, "no pattern": {auth.Search{Text: "%"}, 0},
		"administrators": {auth.Search{Admin: &yes}, 1}, "others": {auth.Search{Admin: &no, Text: ".com"}, 1},
		"disabled": {auth.Search{Disabled: &yes}, 0},
	} {
		c.q.Limit = 10
		if list, err := h.Search(t.Context(), c.q); err != nil || len(list) != c.want {
			t.Errorf("%s: %d, %v; want %d", what, len(list), err, c.want)
		}
	}
}

// actions gives what the audit log has of a subject, the first entry first.
func (h *house) actions(subject uuid.UUID) []string {
	h.t.Helper()
	entries, err := h.store.Audit().Entries(h.t.Context(), audit.Query{Subject: subject, Limit: 1000})
	must(h.t, err)
	var all []string
	for i := len(entries) - 1; i >= 0; i-- {
		all = append(all, entries[i].Action)
	}
	return all
}
