package config

import (
	"fmt"
	"io"
	"net/url"
	"strings"
	"text/tabwriter"
)

// Values gives every setting as it is in force, in the order of Config.
func (c *Config) Values() []Value { return c.values }

// Masked is the value as it may be shown: passwords in it are replaced by ***.
func (v Value) Masked() string {
	if !v.Setting.Secret() {
		return v.Text
	}
	return MaskURL(v.Text)
}

// MaskURL replaces the password of a URL, and every parameter that is named like a secret, by ***. What can't be read
// as a URL is replaced as a whole.
func MaskURL(text string) string {
	const mask = "***"
	u, err := url.Parse(text)
	if err != nil || u.Scheme == "" {
		return mask
	}
	if _, has := u.User.Password(); has {
		u.User = url.UserPassword(u.User.Username(), mask)
	}
	params := u.Query()
	for name := range params {
		for _, word := range []string{"pass", "secret", "token", "key", "credential", "sig"} {
			if strings.Contains(strings.ToLower(name), word) {
				params.Set(name, mask)
			}
		}
	}
	if u.RawQuery != "" {
		u.RawQuery = params.Encode()
	}
	return strings.ReplaceAll(u.String(), url.QueryEscape(mask), mask)
}

// Show writes a line for each setting: name, value with secrets masked, and where it came from.
func (c *Config) Show(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, v := range c.values {
		text := v.Masked()
		if text == "" {
			text = "(none)"
		}
		fmt.Fprintf(t, "%s\t%s\t%s\n", v.Setting.Name, text, v.Origin)
	}
	return t.Flush()
}
