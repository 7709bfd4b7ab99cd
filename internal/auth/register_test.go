package auth_test

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/auth"
)

func TestRegisterLetsIn(t *testing.T) {
	h := open(t)
	r, err := h.Register(t.Context(), auth.Registration{Email: " Ann@Example.ORG ", Password: goodPassword, Name: " Ann "}, here())
	must(t, err)
	id := h.identity(r.SignedIn)
	if id.User != r.User || id.Session != r.Session || id.Admin || len(id.Scopes) != 4 || len(id.Workspaces) != 0 {
		t.Errorf("identity %+v of %+v", id, r)
	}
	if h.people.made[r.User] != "Ann" || h.people.homes[r.User] != r.Workspace {
		t.Errorf("her person is %q with %v, want Ann with %v", h.people.made[r.User], h.people.homes[r.User], r.Workspace)
	}
	if in := h.login("ann@example.org"); in.User != r.User {
		t.Error("the login is another's")
	}
}

func TestRegisterSaysWhatIsWrong(t *testing.T) {
	h := open(t)
	good := auth.Registration{Email: "ann@example.org", Password: goodPassword, Name: "Ann"}
	for name, c := range map[string]struct {
		change func(*auth.Registration)
		field  string
	}{
		"no address":                 {func(r *auth.Registration) { r.Email = "" }, "email"},
		"no at":                      {func(r *auth.Registration) { r.Email = "ann.example.org" }, "email"},
		"a name with the address":    {func(r *auth.Registration) { r.Email = "Ann <ann@example.org>" }, "email"},
		"two addresses":              {func(r *auth.Registration) { r.Email = "ann@example.org,bob@example.org" }, "email"},
		"a header in the address":    {func(r *auth.Registration) { r.Email = "ann@example.org\r\nBcc: x@example.org" }, "email"},
		"a comment in the address":   {func(r *auth.Registration) { r.Email = "ann(x)@example.org" }, "email"},
		"a quoted address":           {func(r *auth.Registration) { r.Email = `"a b"@example.org` }, "email"},
		"an address without domain":  {func(r *auth.Registration) { r.Email = "ann@" }, "email"},
		"a number for a domain":      {func(r *auth.Registration) { r.Email = "ann@127.0.0.1" }, "email"},
		"a very long address":        {func(r *auth.Registration) { r.Email = "a@" + strings.Repeat("b.", 130) + "org" }, "email"},
		"no password":                {func(r *auth.Registration) { r.Password = "" }, "password"},
		"a short password":           {func(r *auth.Registration) { r.Password = "x9!kq2z" }, "password"},
		"few long characters":        {func(r *auth.Registration) { r.Password = "äöüßäöü" }, "password"},
		"a very long password":       {func(r *auth.Registration) { r.Password = strings.Repeat("xy", 129) }, "password"},
		"everybody's password":       {func(r *auth.Registration) { r.Password = "Password123" }, "password"},
		"one character":              {func(r *auth.Registration) { r.Password = "zzzzzzzzzzzz" }, "password"},
		"a run of digits":            {func(r *auth.Registration) { r.Password = "987654321" }, "password"},
		"the address as a password":  {func(r *auth.Registration) { r.Password = "ANN@example.org" }, "password"},
		"bytes that are not text":    {func(r *auth.Registration) { r.Password = "\xff\xfe\xfd\xfc\xfb\xfa\xf9\xf8" }, "password"},
		"no name":                    {func(r *auth.Registration) { r.Name = "  " }, "name"},
		"a name of two lines":        {func(r *auth.Registration) { r.Name = "Ann\nBob" }, "name"},
		"a name as long as a letter": {func(r *auth.Registration) { r.Name = strings.Repeat("ä", 101) }, "name"},
	} {
		r := good
		c.change(&r)
		_, err := h.Register(t.Context(), r, auth.Client{})
		invalid(t, name, err, c.field)
		h.clock.pass(2 * time.Minute) // so that the limit of registrations is no matter here
	}
	if len(h.people.made) != 0 {
		t.Error("somebody was registered all the same")
	}
}

func TestRegisterTakesAnAddressOnce(t *testing.T) {
	h := open(t)
	h.register("ann@example.org")
	for _, email := range []string{"ann@example.org", "ANN@EXAMPLE.ORG"} {
		_, err := h.Register(t.Context(), auth.Registration{Email: email, Password: goodPassword, Name: "Ann"}, here())
		refused(t, email, err, "email-taken")
	}
	h.register("j@bücher.example")
	_, err := h.Register(t.Context(), auth.Registration{Email: "j@xn--bcher-kva.example", Password: goodPassword, Name: "J"}, here())
	refused(t, "the same domain in ASCII", err, "email-taken")
}

func TestRegisterCanBeAskedAgain(t *testing.T) {
	h := open(t)
	r := auth.Registration{ID: uuid.New(), Email: "ann@example.org", Password: goodPassword, Name: "Ann"}
	h.people.trouble = errors.New("the users' database is down")
	if _, err := h.Register(t.Context(), r, here()); !errors.Is(err, h.people.trouble) {
		t.Fatalf("got %v", err)
	}
	h.people.trouble = nil
	done, err := h.Register(t.Context(), r, here())
	must(t, err)
	if !done.Resumed || done.User != r.ID || h.people.made[r.ID] != "Ann" || done.Workspace != h.people.homes[r.ID] {
		t.Errorf("resumed: %+v, people %v", done, h.people.made)
	}
	again, err := h.Register(t.Context(), r, here())
	must(t, err)
	if again.Workspace != done.Workspace || again.User != done.User {
		t.Error("asking again made something else")
	}
	for name, change := range map[string]func(*auth.Registration){
		"another address":  func(r *auth.Registration) { r.Email = "bob@example.org" },
		"another password": func(r *auth.Registration) { r.Password = "another password" },
	} {
		other := r
		change(&other)
		_, err := h.Register(t.Context(), other, here())
		refused(t, name, err, "id-taken")
	}
}

func TestTheSameRegistrationAtOnceIsOne(t *testing.T) {
	h := open(t)
	r := auth.Registration{ID: uuid.New(), Email: "ann@example.org", Password: goodPassword, Name: "Ann"}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			done, err := h.Register(t.Context(), r, here())
			if err != nil || done.User != r.ID {
				t.Errorf("%+v, %v", done, err)
			}
		})
	}
	all.Wait()
	if len(h.people.made) != 1 {
		t.Errorf("%d persons", len(h.people.made))
	}
}

func TestALoginFinishesABrokenRegistration(t *testing.T) {
	h := open(t)
	h.people.trouble = errors.New("down")
	_, err := h.Register(t.Context(), auth.Registration{Email: "ann@example.org", Password: goodPassword, Name: "Ann"}, here())
	if !errors.Is(err, h.people.trouble) {
		t.Fatalf("got %v", err)
	}
	if _, err = h.Login(t.Context(), "ann@example.org", goodPassword, here()); !errors.Is(err, h.people.trouble) {
		t.Fatalf("got %v", err)
	}
	h.people.trouble = nil
	in := h.login("ann@example.org")
	if h.people.made[in.User] != "Ann" {
		t.Errorf("people: %v", h.people.made)
	}
}

func TestWhoMayRegister(t *testing.T) {
	for _, c := range []struct {
		name, email, invitation string
		signup                  auth.Signup
		code                    string
	}{
		{"open to anybody", "bob@example.org", "", auth.SignupOpen, ""},
		{"without an invitation", "bob@example.org", "", auth.SignupInvite, "invitation-required"},
		{"with one that is not open", "bob@example.org", "for-nobody", auth.SignupInvite, "not-found"},
		{"with another's", "bob@example.org", "for-ann", auth.SignupInvite, "invalid"},
		{"with her own", "ann@example.org", "for-ann", auth.SignupInvite, ""},
		{"with one for anybody", "bob@example.org", "for-anybody", auth.SignupInvite, ""},
		{"closed, invited or not", "ann@example.org", "for-ann", auth.SignupClosed, "signup-closed"},
	} {
		h := open(t, func(o *auth.Options) { o.Signup = c.signup })
		_, err := h.Register(t.Context(), auth.Registration{
			Email: c.email, Password: goodPassword, Name: "X", Invitation: c.invitation,
		}, here())
		if c.code == "" {
			must(t, err)
		} else {
			refused(t, c.name, err, c.code)
		}
	}
}

func TestTheSetUpTokenMakesOneAdministrator(t *testing.T) {
	for _, signup := range []auth.Signup{auth.SignupOpen, auth.SignupInvite, auth.SignupClosed} {
		h := open(t, func(o *auth.Options) { o.Signup = signup })
		token, needed, err := h.SetupToken(t.Context())
		must(t, err)
		again, _, err := h.serve().SetupToken(t.Context())
		must(t, err)
		if !needed || token == "" || again != token {
			t.Fatalf("token %q, needed %t, on another server %q", token, needed, again)
		}
		r := auth.Registration{Email: "root@example.org", Password: goodPassword, Name: "Root", Setup: "wrong"}
		_, err = h.Register(t.Context(), r, here())
		refused(t, "a wrong token", err, "setup-done")
		r.Setup = token
		done, err := h.Register(t.Context(), r, here())
		must(t, err)
		if !h.identity(done.SignedIn).Admin {
			t.Error("the first user is no administrator")
		}
		r.Email = "second@example.org"
		_, err = h.Register(t.Context(), r, here())
		refused(t, "the token a second time", err, "setup-done")
		if _, needed, err = h.SetupToken(t.Context()); err != nil || needed {
			t.Errorf("still needed: %t, %v", needed, err)
		}
	}
}

func TestOfTwoSetUpsOneWins(t *testing.T) {
	h := open(t, func(o *auth.Options) { o.Signup = auth.SignupClosed })
	token, _, err := h.SetupToken(t.Context())
	must(t, err)
	var all sync.WaitGroup
	var mu sync.Mutex
	won := 0
	for _, email := range []string{"a@example.org", "b@example.org", "c@example.org", "d@example.org"} {
		all.Go(func() {
			_, err := h.Register(t.Context(), auth.Registration{Email: email, Password: goodPassword, Name: "X", Setup: token}, here())
			if err != nil {
				refused(t, "the loser", err, "setup-done")
				return
			}
			mu.Lock()
			won++
			mu.Unlock()
		})
	}
	all.Wait()
	list, err := h.List(t.Context(), uuid.Nil, 10)
	must(t, err)
	if won != 1 || len(list) != 1 || !list[0].Admin {
		t.Errorf("%d won; accounts: %+v", won, list)
	}
}

func TestRegistrationsFromOneAddressAreLimited(t *testing.T) {
	h := open(t)
	for range 60 {
		_, err := h.Register(t.Context(), auth.Registration{}, here())
		refused(t, "within the limit", err, "invalid")
	}
	_, err := h.Register(t.Context(), auth.Registration{}, here())
	refused(t, "beyond the limit", err, "too-many-requests")
	_, err = h.Register(t.Context(), auth.Registration{}, elsewhere())
	refused(t, "from elsewhere", err, "invalid")
}
