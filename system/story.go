// Package system shows that Rung does what it promises, from outside: the acceptance story, which knows nothing but a
// base address, and the faults that a server must survive.
package system

import (
	"net/http"
	"testing"
)

// Env is where a story takes place.
type Env struct {
	BaseURL  string                      // without a slash at its end
	SetupURL string                      // the one-time address at which the first user is made
	Restart  func(t *testing.T)          // stops all of Rung in an orderly way and starts it again; BaseURL stays
	Mail     func(address string) string // gives the last link that was mailed to an address; nil if mail can't be read
	HTTP     http.RoundTripper           // what requests are sent by; nil: a transport of its own
	Boards   []string                    // files with boards exported from Trello, to be imported beside the small one
}

// story is one run. Its T is the chapter's.
type story struct {
	*testing.T
	env  Env
	http *http.Client

	document           *document // with which every answer is compared, once it is there
	nobody             *person   // has no token
	ada, ben, gil, eve *person   // owner, member, guest of one project, stranger
	ws                 string    // path of the workspace in which it all happens
	board              string    // an open project in it, which the guest was granted too
	secret             string    // a private project of Ada's
	uma                former    // has deleted her account
}

// Story tells all that people do with Rung, chapter by chapter, to a Rung that nobody has used before. A chapter relies
// on what the first two have made, and else on itself.
func Story(t *testing.T, env Env) {
	s := &story{env: env, http: newHTTP()}
	if env.HTTP != nil {
		s.http.Transport = env.HTTP
	}
	s.nobody = &person{s: s, name: "nobody"}
	chapters := []struct {
		name string
		tell func(*story)
	}{
		{"setting up", (*story).settingUp},
		{"people", (*story).people},
		{"sessions", (*story).sessions},
		{"tokens", (*story).tokens},
		{"projects", (*story).projects},
		{"tasks", (*story).tasks},
		{"sub-tasks", (*story).subTasks},
		{"labels, comments and relations", (*story).talk},
		{"files", (*story).files},
		{"lists", (*story).lists},
		{"queries", (*story).queries},
		{"searching", (*story).searching},
		{"groups", (*story).groups},
		{"figures", (*story).figures},
		{"pages", (*story).pages},
		{"places", (*story).places},
		{"batches", (*story).batches},
		{"twice", (*story).twice},
		{"conflicts", (*story).conflicts},
		{"unchanged answers", (*story).unchanged},
		{"live events", (*story).live},
		{"resuming", (*story).resuming},
		{"history", (*story).history},
		{"trash", (*story).trash},
		{"moving", (*story).moving},
		{"deleting an account", (*story).deleting},
		{"importing a board", (*story).importing},
		{"importing real boards", (*story).realBoards},
		{"mail", (*story).mail},
		{"refusals", (*story).refusals},
		{"leaving", (*story).leaving},
		{"forgotten", (*story).forgotten},
		{"restart", (*story).restart},
		{"the document", (*story).documented},
	}
	const indispensable = 2
	for i, c := range chapters {
		ok := t.Run(c.name, func(t *testing.T) {
			s.T = t
			c.tell(s)
		})
		if !ok && i < indispensable {
			t.Fatal("nothing more can be told without this chapter")
		}
	}
}
