package config

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// port is a setting that chooses a driver by the scheme of a URL.
type port struct {
	works []form   // what this version has a driver for
	later []string // schemes that the contract names and no driver of this version serves
}

// form is one scheme and what may stand behind it.
type form struct {
	scheme string
	rest   rest
}

type rest int

const (
	nothing rest = iota // cache: memory:
	path                // sqlite:PATH
	host                // smtp://user:password@host:port
)

// portOf gives the port of a kind. The switch is the list of engines that this version works with; the one in
// internal/app opens them.
func portOf(name string) port {
	switch name {
	case "db":
		return port{[]form{{"sqlite", path}}, []string{"postgres", "postgresql", "mongodb", "mongodb+srv"}}
	case "cache":
		return port{[]form{{"memory", nothing}}, []string{"redis", "rediss", "redis+sentinel", "redis+cluster"}}
	case "jobs":
		return port{[]form{{"db", nothing}}, []string{"amqp", "amqps"}}
	case "events":
		return port{[]form{{"db", nothing}}, []string{"redis", "rediss", "kafka"}}
	case "search":
		return port{[]form{{"db", nothing}}, []string{"elasticsearch", "elasticsearch+https"}}
	case "files":
		return port{[]form{{"file", path}}, []string{"s3"}}
	case "mail":
		return port{[]form{{"log", nothing}, {"smtp", host}, {"smtps", host}}, nil}
	default:
		panic("config: no kind of setting is called " + name)
	}
}

func (p port) takes() string {
	var all []string
	for _, f := range p.works {
		switch f.rest {
		case nothing:
			all = append(all, "`"+f.scheme+":`")
		case path:
			all = append(all, "`"+f.scheme+":PATH`")
		case host:
			all = append(all, "`"+f.scheme+"://`")
		}
	}
	return strings.Join(all, ", ")
}

func (p port) read(text string) (any, error) {
	scheme, after, ok := strings.Cut(text, ":")
	if ok && slices.Contains(p.later, scheme) {
		return nil, fmt.Errorf("names %s, for which this version of Rung has no driver yet; it takes %s", scheme, plain(p.takes()))
	}
	for _, f := range p.works {
		if !ok || f.scheme != scheme {
			continue
		}
		if err := f.check(text, after); err != nil {
			return nil, err
		}
		return text, nil
	}
	return nil, fmt.Errorf("must be %s", plain(p.takes()))
}

func (f form) check(text, after string) error {
	switch f.rest {
	case nothing:
		if after != "" {
			return fmt.Errorf("must be %s: with nothing behind it", f.scheme)
		}
	case path:
		if after == "" || strings.HasPrefix(after, "//") || strings.ContainsAny(after, "?#\x00\n\r") {
			return fmt.Errorf("must be %s: and a path, without // and without parameters", f.scheme)
		}
	case host:
		u, err := url.Parse(text)
		if err != nil || u.Hostname() == "" {
			return fmt.Errorf("must be %s://host:port, with user:password@ in front if needed and special characters of the password percent-encoded", f.scheme)
		}
		if (u.Path != "" && u.Path != "/") || u.Fragment != "" {
			return errors.New("must not have a path")
		}
	}
	return nil
}

// plain is a sentence for the terminal from one for a document.
func plain(s string) string { return strings.ReplaceAll(s, "`", "") }
