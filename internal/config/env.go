package config

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// clientVariables belong to commands that talk to a server; here they are known and mean nothing.
func clientVariables() []string {
	return []string{"RUNG_URL", "RUNG_TOKEN", "RUNG_TOKEN_FILE", "RUNG_WORKSPACE", "RUNG_CONFIG"}
}

// env takes what the environment gives. An empty variable is one that is not set.
func (g *gathering) env(environ []string) {
	environ = slices.Clone(environ)
	slices.Sort(environ) // problems come in the same order every time
	set := map[string]bool{}
	for _, pair := range environ {
		name, text, _ := strings.Cut(pair, "=")
		set[name] = text != ""
	}
	for _, pair := range environ {
		name, text, _ := strings.Cut(pair, "=")
		switch {
		case name == "PORT":
			g.hostPort(text)
		case !strings.HasPrefix(name, "RUNG_") || text == "" || injected(name, text) || slices.Contains(clientVariables(), name):
		default:
			g.variable(name, text, set)
		}
	}
}

func (g *gathering) variable(name, text string, set map[string]bool) {
	if s, ok := g.setting(func(s Setting) bool { return s.Variable() == name }); ok {
		g.give(s, text, Origin("variable "+name))
		return
	}
	s, ok := g.setting(func(s Setting) bool { return s.Variable()+"_FILE" == name })
	switch {
	case !ok:
		g.wrong("%s is no setting of this version%s", name, g.hint(name))
	case !s.Secret():
		g.wrong("%s is no setting: only a secret may come from a file, and %s holds none", name, s.Variable())
	case set[s.Variable()]:
		g.wrong("%s and %s are both set; set one of them", s.Variable(), name)
	default:
		secret, err := ReadSecret(text)
		if err != nil {
			g.wrong("%s %v", name, err)
			return
		}
		g.give(s, secret, Origin("file "+name))
	}
}

func (g *gathering) hostPort(text string) {
	if text == "" {
		return
	}
	if n, err := strconv.Atoi(text); err != nil || n < 0 || n > 65535 {
		g.wrong("PORT must be a port from 0 to 65535")
		return
	}
	g.port = text
}

// injected reports whether a variable is one of those that Kubernetes makes for a service called rung or rung-anything:
// RUNG_SERVICE_HOST, RUNG_SERVICE_PORT_HTTP, RUNG_PORT=tcp://…, RUNG_PORT_80_TCP_ADDR and so on.
func injected(name, text string) bool {
	if regexp.MustCompile(`^RUNG_(?:\w+_)?(?:SERVICE_HOST|SERVICE_PORT(?:_\w+)?|PORT_\d+_(?:TCP|UDP|SCTP)(?:_\w+)?)$`).MatchString(name) {
		return true
	}
	return regexp.MustCompile(`^RUNG_(?:\w+_)?PORT$`).MatchString(name) && strings.Contains(text, "://")
}

// hint names the setting that was probably meant.
func (g *gathering) hint(name string) string {
	if name == "RUNG_PORT" {
		return "; set RUNG_ADDR or PORT"
	}
	best, near := "", 3 // more changes than two are another word
	for _, s := range g.settings {
		if d := distance(name, s.Variable()); d < near {
			best, near = s.Variable(), d
		}
	}
	if best == "" {
		return ""
	}
	return "; did you mean " + best + "?"
}

// distance counts the letters that must be changed, added or left out to make b of a (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(row[j+1]+1, row[j]+1, diagonal+cost)
		}
	}
	return row[len(b)]
}
