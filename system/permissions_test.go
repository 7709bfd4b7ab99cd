package system

import (
	"fmt"
	"io"
	"net/http"
	"sort"
	"strings"
	"testing"
	"time"
)

// cast is everybody who appears in the table of permissions, and what they act on.
type cast struct {
	*story
	people  map[string]*person
	order   []string
	private string // the project P
	public  string // a project that is open to the workspace
	done    bool   // the answer that is expected of who is up

	// for the row and the column at hand:
	who     string
	project string
}

func newCast(t *testing.T, srv *server) *cast {
	s := &story{T: t, env: Env{BaseURL: srv.base(), SetupURL: srv.setup}, http: newHTTP()}
	s.nobody = &person{s: s, name: "nobody"}
	c := &cast{story: s, people: map[string]*person{}}
	owner := c.enter("owner", object{"setup": s.setupToken()})
	team := owner.makes("/workspaces", object{"name": "The Company"})
	s.ada, s.ws = owner, "/workspaces/"+team.id()
	c.private = owner.makes(s.ws+"/projects", object{"name": "Private", "access": "private"}).id()
	c.public = owner.makes(s.ws+"/projects", object{"name": "Open"}).id()
	for _, role := range []string{"admin", "member"} {
		c.joins(role, object{"role": role})
	}
	for _, role := range []string{"admin", "editor", "commenter", "viewer"} {
		name := role
		if role == "admin" {
			name = "project admin"
		}
		c.joins(name, object{"role": "guest", "projects": []object{{"project": c.private, "role": role}}})
	}
	c.joins("guest", object{"role": "guest"})
	c.enter("stranger", object{})
	c.add("nobody", s.nobody)

	soon := time.Now().Add(1500 * time.Millisecond).UTC().Format("2006-01-02T15:04:05.000Z")
	c.token("expired", object{"scopes": []string{"read", "write", "admin", "import"}, "expires_at": soon})
	c.token("read", object{"scopes": []string{"read"}})
	c.token("write", object{"scopes": []string{"write"}})
	c.token("elsewhere", object{"scopes": []string{"read", "write", "admin", "import"}, "workspaces": []string{owner.home}})
	c.eventually("the token expires", func() bool {
		return c.people["expired"].ask(http.MethodGet, "/me", nil).send().status == http.StatusUnauthorized
	})
	return c
}

func (c *cast) add(name string, p *person) {
	c.people[name] = p
	c.order = append(c.order, name)
}

// enter makes a user with a workspace of her own.
func (c *cast) enter(name string, more object) *person {
	c.Helper()
	p := &person{s: c.story, name: name, email: strings.ReplaceAll(name, " ", "-") + "@example.org"}
	who := object{"name": name, "email": p.email, "password": password(name)}
	for k, v := range more {
		who[k] = v
	}
	in := c.nobody.makes("/auth/register", who)
	p.signIn(in)
	p.home = in.text("workspace.id")
	c.add(name, p)
	return p
}

func (c *cast) joins(name string, invitation object) {
	c.Helper()
	token := c.owner().makes(c.ws+"/invitations", invitation).text("token")
	c.enter(name, object{}).post("/invitations/"+token+"/accept", nil).is(http.StatusOK)
}

func (c *cast) token(name string, body object) {
	c.Helper()
	body["name"] = name
	c.add(name, c.owner().as(c.owner().makes("/auth/tokens", body).text("token")))
}

func (c *cast) owner() *person {
	if o := c.people["owner"]; o != nil {
		return o
	}
	return c.ada
}

// fill puts into a path what the column acts on. A task is always a new one.
func (c *cast) fill(path string) string {
	c.Helper()
	path = strings.ReplaceAll(path, "/workspaces/{ws}", c.ws)
	path = strings.ReplaceAll(path, "{project}", c.project)
	if strings.Contains(path, "{task}") {
		path = strings.ReplaceAll(path, "{task}", c.task())
	}
	return path
}

// made gives the id of something that the owner makes.
func (c *cast) made(path string, body any) string {
	c.Helper()
	return c.owner().makes(c.ws+path, body).id()
}

func (c *cast) task() string {
	c.Helper()
	return c.made("/tasks", object{"project": c.project, "title": "Do it"})
}

func (c *cast) trashed() string {
	c.Helper()
	path := c.ws + "/tasks/" + c.task()
	c.owner().delete(path).is(http.StatusNoContent)
	return path
}

func (c *cast) idOf(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }

func (c *cast) comment() string {
	c.Helper()
	path := "/tasks/" + c.task() + "/comments"
	return c.ws + path + "/" + c.made(path, object{"body": "Hm"})
}

func (c *cast) status() string {
	c.Helper()
	return c.made("/projects/"+c.project+"/statuses", object{"name": "Passing"})
}

func (c *cast) view(shared bool) string {
	c.Helper()
	return c.ws + "/views/" + c.made("/views", object{"name": "Of the owner's", "shared": shared, "query": object{}})
}

func (c *cast) invitation(role string) string {
	c.Helper()
	return c.owner().makes(c.ws+"/invitations", object{"role": role}).text("token")
}

// freshP makes another project like P, to be deleted.
func (c *cast) freshP() string {
	c.Helper()
	id := c.made("/projects", object{"name": "To go", "access": "private"})
	for name, role := range map[string]string{"project admin": "admin", "editor": "editor", "commenter": "commenter", "viewer": "viewer"} {
		c.owner().put(c.ws+"/projects/"+id+"/members/"+c.people[name].id, object{"role": role}).is(http.StatusOK)
	}
	return id
}

// victim is somebody to be removed: a new member if she will be, else one who is there.
func (c *cast) victim() string {
	c.Helper()
	if !c.done {
		if c.who == "viewer" { // everybody may leave
			return c.people["editor"].id
		}
		return c.people["viewer"].id
	}
	c.joins("victim of "+c.who, object{"role": "member"})
	c.order = c.order[:len(c.order)-1]
	return c.people["victim of "+c.who].id
}

// onlyIfRefused is the workspace for those who may not delete it, and another for who may.
func (c *cast) onlyIfRefused(path string) string {
	if c.done {
		return "/workspaces/" + c.owner().makes("/workspaces", object{"name": "To go"}).id()
	}
	return c.fill(path)
}

// imported is a dry run that the owner has made.
func (c *cast) imported() string {
	c.Helper()
	return c.ws + "/imports/" + c.owner().imports(smallBoard, object{"dry_run": "true"}).id()
}

// noBoard is a form with a file that is not what it should be.
const noBoard = "--x\r\nContent-Disposition: form-data; name=\"source\"\r\n\r\ntrello\r\n" +
	"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"board.json\"\r\n\r\n{}\r\n--x--\r\n"

// smallFile is a form with a file to be attached.
const smallFile = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nWords\r\n--x--\r\n"

// file is a file that the owner attaches to a new task.
func (c *cast) file() string {
	c.Helper()
	task := c.ws + "/tasks/" + c.task()
	return task + "/attachments/" + c.owner().attaches(task, "a.txt", []byte("Words"), "").is(http.StatusCreated).id()
}

// thrownFile is one in the trash.
func (c *cast) thrownFile() string {
	c.Helper()
	path := c.file()
	c.owner().delete(path).is(http.StatusNoContent)
	return path
}

// answered sends a request and gives its status; of a stream just the beginning is waited for.
func (c *cast) answered(method, path string, body any) int {
	c.Helper()
	a := c.people[c.who].ask(method, path, body)
	if strings.HasSuffix(path, "/imports") {
		a.header.Set("Content-Type", "multipart/form-data; boundary=x")
		a.body = []byte(noBoard)
	}
	if method == http.MethodPost && strings.HasSuffix(path, "/attachments") {
		a.header.Set("Content-Type", "multipart/form-data; boundary=x")
		a.body = []byte(smallFile)
	}
	resp, err := a.open()
	if err != nil {
		c.Fatalf("%s %s: %v", method, path, err)
	}
	defer resp.Body.Close()
	c.tellsHowFar(resp, path)
	if !strings.HasSuffix(path, "/events") {
		_, _ = io.Copy(io.Discard, resp.Body)
	}
	return resp.StatusCode
}

// tellsHowFar expects Rung-Seq on every answer under the workspace that a member gets, and on none that others get.
func (c *cast) tellsHowFar(resp *http.Response, path string) {
	c.Helper()
	if path != c.ws && !strings.HasPrefix(path, c.ws+"/") {
		return
	}
	stranger := c.who == "stranger" || c.who == "elsewhere" || resp.StatusCode == http.StatusUnauthorized
	if has := resp.Header.Get("Rung-Seq") != ""; has == stranger {
		c.Errorf("%s: %d with Rung-Seq %q", c.who, resp.StatusCode, resp.Header.Get("Rung-Seq"))
	}
}

// letter writes a status as the table has it.
func letter(status int) string {
	switch {
	case status >= 200 && status < 300:
		return "+"
	case status == http.StatusForbidden:
		return "-"
	case status == http.StatusNotFound:
		return "0"
	case status == http.StatusUnauthorized:
		return "?"
	case status == http.StatusUnprocessableEntity:
		return "!"
	}
	return fmt.Sprint(status)
}

func TestPermissions(t *testing.T) {
	srv := newServer(t, "", "RUNG_SIGNUP=open", "RUNG_PUBLIC_URL=http://rung.example.com")
	srv.start()
	c := newCast(t, srv)
	rows := map[string]bool{}
	for _, p := range permissions() {
		rows[p.method+" "+p.path] = true
		t.Run(strings.TrimSpace(p.method+" "+p.path+" "+p.in), func(t *testing.T) {
			c.T = t
			want := strings.Fields(p.answers)
			if len(want) != len(c.order) {
				t.Fatalf("%d answers for %d people", len(want), len(c.order))
			}
			for i, who := range c.order {
				c.who, c.done, c.project = who, want[i] == "+", c.private
				if p.in == "open" {
					c.project = c.public
				}
				path, body := p.do(c)
				if got := letter(c.answered(p.method, path, body)); got != want[i] {
					t.Errorf("%s is answered %s, want %s", who, got, want[i])
				}
			}
		})
	}
	c.T = t
	var missing []string
	for path, methods := range c.nobody.get("/openapi.json").at("paths").(map[string]any) {
		for method := range methods.(map[string]any) {
			if name := strings.ToUpper(method) + " " + path; !rows[name] {
				missing = append(missing, name)
			}
			delete(rows, strings.ToUpper(method)+" "+path)
		}
	}
	for name := range rows {
		missing = append(missing, name+" (no such route)")
	}
	if sort.Strings(missing); len(missing) > 0 {
		t.Errorf("routes without a row in the table of permissions:\n%s", strings.Join(missing, "\n"))
	}
	srv.stop()
}
