package config

import (
	"errors"
	"fmt"
	"os"
	"reflect"
	"strings"
)

// Sources is where a configuration comes from. A flag beats a variable, that beats the file, that beats the default.
type Sources struct {
	Flags map[string]string // by setting name; only those that were given
	Env   []string          // as os.Environ gives it
	File  string            // path of the file; "" is none
}

// Origin is where a value came from.
type Origin string

// Value is one effective setting.
type Value struct {
	Setting Setting
	Text    string // as it was given or filled in; may be a secret
	Origin  Origin
}

// Problems is everything that is wrong with a configuration, a sentence each. It never holds a value.
type Problems []string

func (p Problems) Error() string {
	if len(p) == 1 {
		return p[0]
	}
	return fmt.Sprintf("%d things are wrong with the configuration:\n  %s", len(p), strings.Join(p, "\n  "))
}

// Load puts the configuration together and checks it. The error is Problems and names everything that is wrong, each
// by the spelling that the operator used.
func Load(src Sources) (*Config, error) {
	g := &gathering{given: map[string]Value{}, settings: Settings()}
	g.file(src.File)
	g.env(src.Env)
	g.flags(src.Flags)
	c := &Config{}
	g.fill(c)
	g.together(c)
	if len(g.problems) > 0 {
		return nil, Problems(g.problems)
	}
	return c, nil
}

// gathering collects what the sources give; what is given later beats what was given before.
type gathering struct {
	settings []Setting
	given    map[string]Value
	port     string // PORT, as hosting platforms set it
	problems []string
}

func (g *gathering) wrong(format string, args ...any) {
	g.problems = append(g.problems, fmt.Sprintf(format, args...))
}

func (g *gathering) setting(match func(Setting) bool) (Setting, bool) {
	for _, s := range g.settings {
		if match(s) {
			return s, true
		}
	}
	return Setting{}, false
}

func (g *gathering) give(s Setting, text string, from Origin) {
	if text != "" {
		g.given[s.Name] = Value{s, text, from}
	}
}

func (g *gathering) flags(given map[string]string) {
	for _, s := range g.settings {
		if text, ok := given[s.Name]; ok {
			g.give(s, text, Origin("flag --"+s.Flag()))
		}
	}
}

// fill sets every field of c, in order, so that a default may be made of a setting before it.
func (g *gathering) fill(c *Config) {
	into := reflect.ValueOf(c).Elem()
	for _, s := range g.settings {
		v, ok := g.given[s.Name]
		if !ok {
			v = g.byDefault(s, c)
		}
		c.values = append(c.values, v)
		if v.Text == "" {
			continue
		}
		parsed, err := s.kind.read(v.Text)
		if err != nil {
			if !strings.HasPrefix(string(v.Origin), "as ") { // then the other one has been named
				g.wrong("%s %v", v.spelling(), err)
			}
			continue
		}
		into.Field(s.index).Set(reflect.ValueOf(parsed))
	}
}

func (g *gathering) byDefault(s Setting, c *Config) Value {
	if s.Name == "addr" && g.port != "" {
		return Value{s, ":" + g.port, "variable PORT"}
	}
	if other, ok := strings.CutPrefix(s.Default, "="); ok {
		for _, v := range c.values {
			if v.Setting.Name == other {
				return Value{s, v.Text, Origin("as " + other)}
			}
		}
	}
	return Value{s, strings.ReplaceAll(s.Default, "DATA", strings.TrimSuffix(c.Data, "/")), "default"}
}

// together checks what no setting can say alone. One that was given and is wrong has been named already.
func (g *gathering) together(c *Config) {
	absent := func(name string) bool {
		_, given := g.given[name]
		return !given
	}
	if strings.HasPrefix(c.MailURL, "smtp") && absent("mail_from") {
		g.wrong("mail_from (RUNG_MAIL_FROM) must be set when mail_url sends mail: it is whom the mail is from")
	}
	if strings.HasPrefix(c.MailURL, "smtp") && absent("public_url") {
		g.wrong("public_url (RUNG_PUBLIC_URL) must be set when mail_url sends mail: links in mails begin with it")
	}
}

// spelling names a setting as the operator gave it. A default is never wrong, but what it is made of may be.
func (v Value) spelling() string {
	for _, prefix := range []string{"flag ", "variable ", "file ", "key "} {
		if name, ok := strings.CutPrefix(string(v.Origin), prefix); ok {
			return name
		}
	}
	return v.Setting.Variable()
}

// ReadSecret gives the first line of a file that holds a secret. A line break at the end, as editors leave it, does not
// belong to it.
func ReadSecret(path string) (string, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		if errors.Is(err, os.ErrNotExist) {
			return "", errors.New("names a file that does not exist")
		}
		return "", errors.New("names a file that can't be read")
	}
	text := strings.TrimRight(string(b), "\r\n")
	if strings.ContainsAny(text, "\r\n\x00") {
		return "", errors.New("names a file that holds more than one line")
	}
	return text, nil
}
