package api

import (
	"net/http"
	"reflect"
	"regexp"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/rung-app/rung/internal/fault"
)

// named gives an operation a name other than the one that its path suggests.
func named(id string) option { return func(r *Route) { r.name = id } }

// operationID names a route for generated clients, in which it is a method's name for good: list-tasks, create-task,
// move-task. It is made of what the method does and of the last words of the path.
func operationID(r *Route) string {
	if r.name != "" {
		return r.name
	}
	words, param := wordsOf(r.Path) // never empty, and param says whether a parameter stands last
	last := words[len(words)-1]
	owner := ""
	if len(words) > 1 {
		owner = singular(words[len(words)-2]) + "-"
	}
	if words[0] == "admin" {
		last, owner = "admin-"+last, ""
	}
	made := strings.TrimPrefix(r.Path, "/workspaces/{ws}/projects/{project}")
	if made != r.Path && strings.HasPrefix(made, "/members") { // a workspace has members too
		last = "project-" + last
	}
	one := singular(last)
	switch {
	case r.Method == http.MethodGet && !param && isList(r.answers()):
		return "list-" + last
	case r.Method == http.MethodGet && !param && owner != "" && strings.HasSuffix(r.Path, "s/"+last): // /tasks/groups
		return "get-" + owner + last
	case r.Method == http.MethodGet && !param:
		return "get-" + last
	case r.Method == http.MethodGet:
		return "get-" + one
	case r.Method == http.MethodPatch:
		return "update-" + one
	case r.Method == http.MethodPut:
		return "set-" + one
	case r.Method == http.MethodDelete:
		return "delete-" + one
	case one != last:
		return "create-" + one
	case owner == "auth-" || owner == "":
		return last
	case strings.HasSuffix(r.Path, "s/"+last): // /tasks/batch
		return last + "-" + words[len(words)-2]
	default:
		return last + "-" + strings.TrimSuffix(owner, "-")
	}
}

// wordsOf gives the fixed parts of a path below its workspace, and whether a parameter stands behind them.
func wordsOf(path string) (words []string, param bool) {
	if rest := strings.TrimPrefix(path, "/workspaces/{ws}/"); rest != path {
		path = rest
	}
	for _, part := range strings.Split(strings.Trim(path, "/"), "/") {
		param = strings.HasPrefix(part, "{")
		if !param {
			words = append(words, strings.TrimSuffix(strings.TrimPrefix(part, "."), ".json"))
		}
	}
	return words, param
}

func singular(word string) string {
	switch {
	case strings.HasSuffix(word, "statuses"):
		return strings.TrimSuffix(word, "es")
	case strings.HasSuffix(word, "ies"):
		return strings.TrimSuffix(word, "ies") + "y"
	default:
		return strings.TrimSuffix(word, "s")
	}
}

// answers is the type of what a route answers, nil if there is nothing.
func (r *Route) answers() reflect.Type {
	if r.returns != nil {
		return r.returns
	}
	if r.output != nil {
		if body, ok := r.output.FieldByName("Body"); ok {
			return body.Type
		}
	}
	return nil
}

// isList reports whether a type is a List.
func isList(t reflect.Type) bool {
	return t != nil && t.Kind() == reflect.Struct && strings.HasPrefix(t.Name(), "List[")
}

// schemaName names a type in the document: TaskDoc is a Task, a List of them a TaskList, the body that makes a label
// a NewLabel and the body that changes it a LabelPatch.
func schemaName(t reflect.Type, hint string) string {
	name := huma.DefaultSchemaNamer(t, hint)
	switch {
	case t == reflect.TypeFor[fault.Field]():
		return "FieldError"
	case t == reflect.TypeFor[fault.Changed]():
		return "FieldConflict"
	case strings.Contains(t.PkgPath(), "/importer") && !strings.HasPrefix(name, "Import"):
		return "Import" + name
	}
	name = strings.TrimSuffix(name, "Doc")
	if rest, ok := strings.CutPrefix(name, "List"); ok && isList(t) {
		return rest + "List"
	}
	rest, ok := strings.CutSuffix(name, "InputBody")
	if !ok {
		return name
	}
	if m := regexp.MustCompile(`^(Patch|Create)([A-Z].*)$`).FindStringSubmatch(rest); m != nil {
		if m[1] == "Patch" {
			return m[2] + "Patch"
		}
		return "New" + m[2]
	}
	return rest + "Request"
}
