package api

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/driver/sqldb"
	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/users"
)

// village is an API of the users routes alone, over a real store. A bearer token is a name, of whom it is a session;
// "name scope scope" is a personal access token.
type village struct {
	*testing.T
	*house // for what these routes do not ask
	users  *users.Service
	srv    *httptest.Server
	people map[string]uuid.UUID
	only   map[string][]uuid.UUID // the workspaces that somebody's tokens are for
}

func newVillage(t *testing.T) *village {
	db, err := sqldb.Open(t.Context(), filepath.Join(t.TempDir(), "rung.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := db.Migrate(t.Context(), "users", "1000.0.0"); err != nil {
		t.Fatal(err)
	}
	limits := users.DefaultLimits()
	limits.Projects, limits.Storage = 9, 1<<30
	v := &village{
		T: t, house: &house{}, users: users.New(users.Config{
			Store: sqldb.NewUsersStore(db), PublicURL: "https://rung.test", Limits: limits, Holdings: shelf{},
		}),
		people: map[string]uuid.UUID{}, only: map[string][]uuid.UUID{},
	}
	a, err := New(Options{
		Services: Services{Users: v.users}, Verifier: v, Directory: v, People: v, Now: time.Now, Log: textLog(t.Output()),
	})
	if err != nil {
		t.Fatal(err)
	}
	v.srv = serveAPI(t, a)
	return v
}

// shelf is what every workspace has.
type shelf struct{}

func (shelf) Held(context.Context, uuid.UUID) (users.Held, error) {
	return users.Held{Projects: 7, Storage: 1 << 20}, nil
}

func (v *village) Verify(_ context.Context, bearer string) (Identity, error) {
	name, scopes, personal := strings.Cut(bearer, " ")
	user, ok := v.people[name]
	if !ok {
		return Identity{}, fault.Unauthenticated("invalid-token", "This token is not valid any more.")
	}
	if !personal {
		return Identity{User: user, Session: uuid.New()}, nil
	}
	return Identity{User: user, Token: uuid.New(), Scopes: strings.Fields(scopes), Workspaces: v.only[name]}, nil
}

func (v *village) ResolveWorkspace(ctx context.Context, s string) (uuid.UUID, error) {
	return v.users.ResolveWorkspace(ctx, s)
}

func (v *village) Belongs(ctx context.Context, ws, user uuid.UUID) error {
	_, err := v.Enter(ctx, ws, user)
	return err
}

func (v *village) Enter(ctx context.Context, ws, user uuid.UUID) (Presence, error) {
	m, err := v.users.Member(ctx, ws, user)
	return Presence{Role: string(m.Role), Epoch: "e", Seq: 1}, err
}

func (v *village) person(name string) uuid.UUID {
	v.Helper()
	id := uuid.Must(uuid.NewV7())
	if _, _, err := v.users.CreatePerson(v.Context(), users.NewPerson{ID: id, Name: name, Email: name + "@example.com"}); err != nil {
		v.Fatal(err)
	}
	v.people[name] = id
	return id
}

// ask sends a request and expects a status and, of a refusal, a code.
func (v *village) ask(who, method, path, body string, status int, code string, headers ...string) map[string]any {
	v.Helper()
	if who != "" {
		headers = append(headers, "Authorization", "Bearer "+who)
	}
	got := ask(v.T, v.srv, method, Prefix+path, body, headers...)
	if got.status != status || code != "" && got.problem(v.T).Code != code {
		v.Fatalf("%s: %s %s: %d %s", who, method, path, got.status, got.body)
	}
	var doc map[string]any
	if got.body != "" {
		if err := json.Unmarshal([]byte(got.body), &doc); err != nil {
			v.Fatalf("%s: %v", got.body, err)
		}
	}
	return doc
}

func items(doc map[string]any, field string) string {
	var out []string
	all, _ := doc["items"].([]any)
	for _, it := range all {
		out = append(out, fmt.Sprint(it.(map[string]any)[field]))
	}
	return strings.Join(out, " ")
}

func TestMe(t *testing.T) {
	v := newVillage(t)
	ada := v.person("ada")
	me := v.ask("ada", "GET", "/me", "", 200, "")
	if me["id"] != ada.String() || me["email"] != "ada@example.com" || me["timezone"] != "UTC" || me["admin"] != false {
		t.Errorf("%v", me)
	}
	v.ask("ada", "PATCH", "/me", `{"timezone":"Europe/Berlin","theme":"dark","notify":{"mention":false,"due":true}}`, 200, "", "If-Match", `"1"`)
	me = v.ask("ada", "PATCH", "/me", `{"notify":{"due":null}}`, 200, "")
	if me["timezone"] != "Europe/Berlin" || fmt.Sprint(me["notify"]) != "map[mention:false]" || me["version"] != 3.0 {
		t.Errorf("%v", me)
	}
	v.ask("ada", "PATCH", "/me", `{"name":"Late"}`, 412, "version-conflict", "If-Match", `"1"`)
	v.ask("ada", "PATCH", "/me", `{"name":"Late"}`, 422, "invalid", "If-Match", `1`)
	refused := v.ask("ada", "PATCH", "/me", `{"name":"Late","theme":"light"}`, 412, "version-conflict", "Rung-Base-Version", "1")
	if fmt.Sprint(refused["conflicts"]) != "[map[base:<nil> field:theme theirs:dark]]" {
		t.Errorf("%v", refused)
	}
	v.ask("ada", "PATCH", "/me", `{"theme":"dark"}`, 200, "", "Rung-Base-Version", "1")
	v.ask("ada", "PATCH", "/me", `{"theme":"dark"}`, 200, "", "Rung-Base-Version", "3")
	v.ask("ada", "PATCH", "/me", `{"name":null}`, 422, "invalid")
	v.ask("ada", "PATCH", "/me", `{"theme":"pink"}`, 422, "invalid")
	v.ask("ada", "PATCH", "/me", `{"email":"eve@example.com"}`, 422, "invalid")
	v.ask("ada", "PATCH", "/me", `{"settings":{"projects":"b,a","sidebar":"closed"}}`, 200, "")
	if me = v.ask("ada", "PATCH", "/me", `{"settings":{"sidebar":null}}`, 200, ""); fmt.Sprint(me["settings"]) != "map[projects:b,a]" {
		t.Errorf("remembered: %v", me["settings"])
	}
	v.ask("ada", "PATCH", "/me", `{"settings":{"Projects!":"x"}}`, 422, "invalid")
	v.ask("ada", "PATCH", "/me", `{"notify":{"mention":"yes"}}`, 422, "invalid")
	v.ask("", "GET", "/me", "", 401, "unauthenticated")
	v.ask("ada write", "GET", "/me", "", 403, "insufficient-scope")
	v.ask("ada read", "PATCH", "/me", `{}`, 403, "insufficient-scope")
	v.ask("ada write", "PATCH", "/me", `{}`, 200, "")
	v.only["ada"] = []uuid.UUID{uuid.New()}
	v.ask("ada read", "GET", "/me", "", 200, "")
	v.ask("ada write", "PATCH", "/me", `{}`, 403, "insufficient-scope") // all her workspaces would hear of it
}

func TestWorkspaces(t *testing.T) {
	v := newVillage(t)
	v.person("ada")
	v.person("eve")
	id := uuid.Must(uuid.NewV7()).String()
	ws := v.ask("ada", "POST", "/workspaces", `{"id":"`+id+`","name":"Analytical Engines"}`, 201, "")
	if ws["id"] != id || ws["slug"] != "analytical-engines" || ws["role"] != "owner" {
		t.Errorf("%v", ws)
	}
	v.ask("ada", "POST", "/workspaces", `{"id":"`+id+`","name":"Analytical Engines"}`, 200, "")
	v.ask("ada", "POST", "/workspaces", `{"id":"`+id+`","name":"Other"}`, 409, "id-taken")
	v.ask("eve", "POST", "/workspaces", `{"name":"Hers","slug":"analytical-engines"}`, 409, "slug-taken")
	v.ask("eve", "POST", "/workspaces", `{"name":"Hers","slug":"admin"}`, 422, "invalid")
	v.ask("eve", "GET", "/workspaces/analytical-engines", "", 404, "not-found")
	v.ask("eve", "DELETE", "/workspaces/"+id, "", 404, "not-found")

	v.ask("ada", "PATCH", "/workspaces/analytical-engines", `{"slug":"engines"}`, 200, "", "If-Match", `"1"`)
	ws = v.ask("ada", "GET", "/workspaces/engines", "", 200, "")
	if ws["version"] != 2.0 || ws["usage"].(map[string]any)["members"] != 1.0 || ws["limits"].(map[string]any)["members"] == 0.0 {
		t.Errorf("%v", ws)
	}
	v.ask("ada", "GET", "/workspaces/analytical-engines", "", 404, "not-found")
	v.ask("ada", "PATCH", "/workspaces/engines", `{"name":"x"}`, 412, "version-conflict", "If-Match", `"1"`)
	v.ask("ada", "PATCH", "/workspaces/engines", `{"slug":"x1"}`, 412, "version-conflict", "Rung-Base-Version", "1")
	v.ask("ada", "PATCH", "/workspaces/engines", `{"slug":"x1"}`, 412, "version-conflict", "If-Match", `"1-k3j9"`)
	v.ask("ada", "PATCH", "/workspaces/engines", `{"name":"Analytical Engines"}`, 200, "", "Rung-Base-Version", "1")

	first := v.ask("ada", "GET", "/workspaces?limit=1", "", 200, "")
	cursor, _ := first["next_cursor"].(string)
	second := v.ask("ada", "GET", "/workspaces?limit=1&cursor="+cursor, "", 200, "")
	if items(first, "slug")+" "+items(second, "slug") != "ada engines" || second["next_cursor"] != nil {
		t.Errorf("%v, %v", first, second)
	}
	v.ask("ada", "GET", "/workspaces?cursor=nonsense", "", 422, "invalid")

	v.only["ada"] = []uuid.UUID{uuid.MustParse(id)}
	if some := v.ask("ada read", "GET", "/workspaces", "", 200, ""); items(some, "slug") != "engines" {
		t.Errorf("a token for one workspace lists %v", some)
	}
	v.ask("ada write", "POST", "/workspaces", `{"name":"More"}`, 403, "insufficient-scope")
	v.ask("ada write", "PATCH", "/me", `{"name":"More"}`, 403, "insufficient-scope")
	v.ask("ada read", "GET", "/me", "", 200, "")
	v.ask("ada read write", "DELETE", "/workspaces/"+id, "", 403, "insufficient-scope")
	v.ask("ada admin", "DELETE", "/workspaces/ada", "", 404, "not-found")
	v.ask("ada", "DELETE", "/workspaces/engines", "", 204, "")
	v.ask("ada", "DELETE", "/workspaces/"+id, "", 204, "")
	v.ask("ada", "GET", "/workspaces/"+id, "", 404, "not-found")
}

func TestInvitationsAndMembers(t *testing.T) {
	v := newVillage(t)
	ada, bob := v.person("ada"), v.person("bob")
	v.person("eve")
	v.ask("ada", "POST", "/workspaces", `{"name":"Team"}`, 201, "")
	const ws = "/workspaces/team"
	project := uuid.NewString()
	id := uuid.Must(uuid.NewV7()).String()
	body := `{"id":"` + id + `","role":"guest","max_uses":1,"projects":["` + project + `",{"project":"` + uuid.NewString() + `","role":"viewer"}]}`
	inv := v.ask("ada", "POST", ws+"/invitations", body, 201, "")
	secret, _ := inv["token"].(string)
	if secret == "" || inv["link"] != "https://rung.test/invite#"+secret || inv["email"] != nil || inv["max_uses"] != 1.0 ||
		fmt.Sprint(inv["projects"].([]any)[0]) != "map[project:"+project+" role:editor]" {
		t.Fatalf("%v", inv)
	}
	again := v.ask("ada", "POST", ws+"/invitations", body, 200, "")
	if _, shown := again["token"]; shown || again["id"] != id {
		t.Errorf("asked again: %v", again)
	}
	for _, bad := range []string{`{}`, `{"role":"owner"}`, `{"role":"guest","projects":["x"]}`, `{"role":"guest","projects":[{"project":"` + project + `"}]}`, `{"role":"guest","projects":[{"project":"` + project + `","role":"king"}]}`, `{"role":"guest","email":"x"}`, `{"role":"guest","max_uses":-1}`} {
		v.ask("ada", "POST", ws+"/invitations", bad, 422, "invalid")
	}
	if list := v.ask("ada", "GET", ws+"/invitations", "", 200, ""); items(list, "id") != id || items(list, "token") != "<nil>" {
		t.Errorf("%v", list)
	}

	preview := v.ask("", "GET", "/invitations/"+secret, "", 200, "")
	if preview["workspace"].(map[string]any)["name"] != "Team" || preview["invited_by"] != "ada" || preview["role"] != "guest" || preview["account"] != nil {
		t.Errorf("%v", preview)
	}
	v.ask("", "GET", "/invitations/rung_inv_nothing", "", 404, "not-found")
	v.ask("", "POST", "/invitations/"+secret+"/accept", "", 401, "unauthenticated")
	v.ask("bob read write admin", "POST", "/invitations/"+secret+"/accept", "", 403, "session-required")
	if in := v.ask("bob", "POST", "/invitations/"+secret+"/accept", "", 200, ""); in["slug"] != "team" || in["role"] != "guest" {
		t.Errorf("%v", in)
	}
	v.ask("bob", "POST", "/invitations/"+secret+"/accept", "", 200, "")
	v.ask("eve", "POST", "/invitations/"+secret+"/accept", "", 404, "not-found")
	v.ask("", "GET", "/invitations/"+secret, "", 404, "not-found")

	if list := v.ask("ada", "GET", ws+"/members", "", 200, ""); items(list, "email") != "ada@example.com bob@example.com" || items(list, "role") != "owner guest" {
		t.Errorf("%v", list)
	}
	if list := v.ask("bob", "GET", ws+"/members", "", 200, ""); items(list, "email") != "<nil> bob@example.com" {
		t.Errorf("a guest sees %v", list)
	}
	first := v.ask("ada", "GET", ws+"/members?limit=1", "", 200, "")
	second := v.ask("ada", "GET", ws+"/members?limit=1&cursor="+fmt.Sprint(first["next_cursor"]), "", 200, "")
	if items(first, "id") != ada.String() || items(second, "id") != bob.String() || second["next_cursor"] != nil {
		t.Errorf("%v, %v", first, second)
	}

	v.ask("bob", "GET", ws+"/invitations", "", 403, "forbidden")
	v.ask("bob", "POST", ws+"/invitations", `{"role":"guest"}`, 403, "forbidden")
	v.ask("bob", "PATCH", ws+"/members/"+bob.String(), `{"role":"owner"}`, 403, "forbidden")
	v.ask("bob", "PATCH", ws, `{"name":"Bob's"}`, 403, "forbidden")
	v.ask("ada", "PATCH", ws+"/members/"+ada.String(), `{"role":"guest"}`, 409, "last-owner")
	v.ask("ada", "PATCH", ws+"/members/"+bob.String(), `{"role":"king"}`, 422, "invalid")
	v.ask("ada write", "PATCH", ws+"/members/"+bob.String(), `{"role":"member"}`, 403, "insufficient-scope")
	if m := v.ask("ada", "PATCH", ws+"/members/"+bob.String(), `{"role":"member"}`, 200, ""); m["role"] != "member" || m["name"] != "bob" {
		t.Errorf("%v", m)
	}
	v.ask("ada", "DELETE", ws+"/members/"+ada.String(), "", 409, "last-owner")
	v.ask("ada", "DELETE", ws+"/members/"+bob.String(), "", 204, "")
	v.ask("ada", "DELETE", ws+"/members/"+bob.String(), "", 204, "")
	v.ask("bob", "GET", ws, "", 404, "not-found")

	inv = v.ask("ada", "POST", ws+"/invitations", `{"role":"member","email":"bob@example.com"}`, 201, "")
	if inv["mail"] != nil || inv["token"] == nil {
		t.Errorf("without mail: %v", inv)
	}
	v.ask("ada", "POST", ws+"/invitations", `{"role":"member","email":"Bob@example.com"}`, 409, "already-invited")
	v.ask("ada", "DELETE", ws+"/invitations/"+fmt.Sprint(inv["id"]), "", 204, "")
	v.ask("ada", "DELETE", ws+"/invitations/"+fmt.Sprint(inv["id"]), "", 204, "")
	v.ask("ada", "DELETE", ws+"/invitations/"+uuid.NewString(), "", 404, "not-found")
	v.ask("bob", "POST", "/invitations/"+fmt.Sprint(inv["token"])+"/accept", "", 404, "not-found")
}
