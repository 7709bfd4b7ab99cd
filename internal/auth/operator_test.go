package auth_test

import (
	"testing"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/auth"
)

func TestTheOperatorMakesAccounts(t *testing.T) {
	h := open(t)
	_, needed, err := h.SetupToken(t.Context())
	must(t, err)
	if !needed {
		t.Fatal("set up already")
	}
	bob, password, err := h.Create(t.Context(), "Bob@example.org", "Bob", "", false)
	must(t, err)
	if h.people.made[bob.ID] != "Bob" || bob.Email != "bob@example.org" || bob.Admin {
		t.Errorf("made %+v, people %v", bob, h.people.made)
	}
	_, err = h.Login(t.Context(), "bob@example.org", password, here())
	must(t, err)
	if _, needed, err = h.SetupToken(t.Context()); err != nil || !needed {
		t.Errorf("an account that is no administrator ended the set-up: %v", err)
	}
	_, _, err = h.Create(t.Context(), "bob@example.org", "Bob", "", false)
	refused(t, "the address again", err, "email-taken")
	_, _, err = h.Create(t.Context(), "eve", "Eve", "", false)
	invalid(t, "no address", err, "email")
	_, _, err = h.Create(t.Context(), "eve@example.org", "Eve", "password", false)
	invalid(t, "a bad password", err, "password")

	root, _, err := h.Create(t.Context(), "root@example.org", "Root", goodPassword, true)
	must(t, err)
	if !h.identity(h.login("root@example.org")).Admin || !root.Admin {
		t.Error("no administrator")
	}
	if _, needed, err = h.SetupToken(t.Context()); err != nil || needed {
		t.Errorf("an administrator did not end the set-up: %v", err)
	}
}

func TestTheOperatorFindsAccounts(t *testing.T) {
	h := open(t)
	a, b := h.register("a@example.org"), h.register("b@example.org")
	first, err := h.List(t.Context(), uuid.Nil, 1)
	must(t, err)
	rest, err := h.List(t.Context(), first[0].ID, 10)
	must(t, err)
	if len(first) != 1 || first[0].ID != a.User || len(rest) != 1 || rest[0].ID != b.User || rest[0].Email != "b@example.org" {
		t.Errorf("listed %+v, then %+v", first, rest)
	}
	if found, err := h.Find(t.Context(), "B@example.org"); err != nil || found.ID != b.User {
		t.Errorf("found %+v, %v", found, err)
	}
	_, err = h.Find(t.Context(), "c@example.org")
	refused(t, "an address of nobody", err, "not-found")
	_, err = h.Get(t.Context(), uuid.New())
	refused(t, "an id of nobody", err, "not-found")
}

func TestTheOperatorHelpsWhoIsLockedOut(t *testing.T) {
	h := open(t)
	in := h.register("ann@example.org").SignedIn
	h.identity(in)
	must(t, h.ForgotPassword(t.Context(), "ann@example.org", here()))
	link := h.link("reset-password")
	password, err := h.SetPassword(t.Context(), "ann@example.org", "")
	must(t, err)
	_, err = h.Login(t.Context(), "ann@example.org", password, here())
	must(t, err)
	_, err = h.refresh(in.Refresh)
	refused(t, "a session from before", err, "session-ended")
	refused(t, "a link from before", h.ResetPassword(t.Context(), link, newPassword, here()), "link-used")
	if got, err := h.SetPassword(t.Context(), "ann@example.org", newPassword); err != nil || got != newPassword {
		t.Errorf("set to %q, %v", got, err)
	}
	_, err = h.SetPassword(t.Context(), "ann@example.org", "password")
	invalid(t, "a bad password", err, "password")
	_, err = h.SetPassword(t.Context(), "nobody@example.org", "")
	refused(t, "of nobody", err, "not-found")
}

func TestPromotingEndsTheSetUp(t *testing.T) {
	h := open(t)
	h.register("ann@example.org")
	token, _, err := h.SetupToken(t.Context())
	must(t, err)
	must(t, h.Promote(t.Context(), "ann@example.org", true))
	if got, needed, err := h.SetupToken(t.Context()); err != nil || needed || got == token {
		t.Errorf("still %t, %v", needed, err)
	}
	if m, err := h.Methods(t.Context()); err != nil || m.Setup || !m.Password || m.Signup != "open" {
		t.Errorf("methods: %+v, %v", m, err)
	}
	refused(t, "nobody", h.Promote(t.Context(), "nobody@example.org", true), "not-found")
	refused(t, "nobody", h.Disable(t.Context(), "nobody@example.org", true), "not-found")
}

func TestAdministratorsChangeTheAccountsOfOthers(t *testing.T) {
	h := open(t)
	root, ann := h.register("root@example.org").SignedIn, h.register("ann@example.org").SignedIn
	yes, no := true, false
	change := auth.Change{Disabled: &yes}
	_, err := h.Administer(t.Context(), h.identity(root), ann.User, change)
	refused(t, "by somebody who is none", err, "forbidden")
	must(t, h.Promote(t.Context(), "root@example.org", true))
	by := h.identity(root)
	_, err = h.Administer(t.Context(), by, root.User, auth.Change{Admin: &no})
	refused(t, "her own", err, "own-account")
	_, err = h.Administer(t.Context(), by, uuid.New(), change)
	refused(t, "nobody's", err, "not-found")
	now, err := h.Administer(t.Context(), by, ann.User, change)
	must(t, err)
	if !now.Disabled || now.Admin || now.Email != "ann@example.org" {
		t.Errorf("now %+v", now)
	}
	_, err = h.Verify(t.Context(), ann.Access)
	refused(t, "the session of a disabled account", err, "session-ended")
	now, err = h.Administer(t.Context(), by, ann.User, auth.Change{Admin: &yes, Disabled: &no})
	must(t, err)
	if now.Disabled || !now.Admin || !h.identity(h.login("ann@example.org")).Admin {
		t.Errorf("now %+v", now)
	}
}
