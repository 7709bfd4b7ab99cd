package config

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"
)

// maxFile bounds the configuration file, in bytes.
const maxFile = 1 << 20

// file takes what a YAML file gives: one mapping of setting names to values; a list is written as a list or with commas.
func (g *gathering) file(path string) {
	if path == "" {
		return
	}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		g.wrong("the configuration file %s does not exist", path)
		return
	case err != nil || info.IsDir() || info.Size() > maxFile:
		g.wrong("the configuration file %s can't be read: it must be a file of at most 1 MiB", path)
		return
	}
	b, err := os.ReadFile(path)
	if err != nil {
		g.wrong("the configuration file %s can't be read: it must be readable for this user", path)
		return
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(b, &doc); err != nil {
		// The parser's own words may repeat a value.
		line := regexp.MustCompile(`line \d+`).FindString(err.Error())
		g.wrong("the configuration file %s is not YAML; look at %s", path, cmp.Or(line, "line 1"))
		return
	}
	if len(doc.Content) == 0 {
		return // an empty file sets nothing
	}
	root := doc.Content[0]
	if root.Kind != yaml.MappingNode {
		g.wrong("the configuration file %s must hold lines of the form name: value", path)
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(root.Content); i += 2 {
		g.key(path, root.Content[i], root.Content[i+1], seen)
	}
}

func (g *gathering) key(path string, key, value *yaml.Node, seen map[string]bool) {
	name := key.Value
	s, ok := g.setting(func(s Setting) bool { return s.Name == name })
	switch {
	case key.Kind != yaml.ScalarNode:
		g.wrong("line %d of %s: a name is expected here", key.Line, path)
	case !ok:
		g.wrong("line %d of %s: %s is no setting of this version", key.Line, path, name)
	case seen[name]:
		g.wrong("line %d of %s: %s is set a second time", key.Line, path, name)
	default:
		seen[name] = true
		text, err := textOf(value)
		if err != nil {
			g.wrong("line %d of %s: %s %v", value.Line, path, name, err)
			return
		}
		g.give(s, text, Origin("key "+name+" in "+path))
	}
}

// textOf gives a value as a variable would spell it.
func textOf(n *yaml.Node) (string, error) {
	switch n.Kind {
	case yaml.ScalarNode:
		if n.Tag == "!!null" {
			return "", nil
		}
		return n.Value, nil
	case yaml.SequenceNode:
		var all []string
		for _, item := range n.Content {
			if item.Kind != yaml.ScalarNode {
				return "", errors.New("must be a list of plain values")
			}
			all = append(all, item.Value)
		}
		return strings.Join(all, ","), nil
	default:
		return "", errors.New("must be a value or a list of values")
	}
}
