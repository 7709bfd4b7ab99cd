package system

import (
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
)

// TestAnAccountIsDeletedInTheMiddleOfWork deletes the account of somebody who follows two workspaces, writes, and is
// sending files to both. Nothing that was not answered before is taken, nothing stays of it, and her name goes from all
// that was.
func TestAnAccountIsDeletedInTheMiddleOfWork(t *testing.T) {
	srv := newServer(t, "", "RUNG_SIGNUP=open", "RUNG_PUBLIC_URL=http://rung.example.com")
	srv.start()
	s := &story{T: t, env: Env{BaseURL: srv.base(), SetupURL: srv.setup}, http: newHTTP()}
	s.nobody = &person{s: s, name: "nobody"}
	ada := s.register("Ada", object{"setup": s.setupToken()})
	s.ada, s.ws = ada, "/workspaces/"+ada.home
	uma := s.register("Uma", nil)
	uma.post("/invitations/"+s.invite(object{"role": "member"})+"/accept", nil).is(http.StatusOK)
	project := ada.makes(s.ws+"/projects", object{"name": "Shared"}).id()
	shared := s.ws + "/tasks/" + uma.makes(s.ws+"/tasks", object{"project": project, "title": "Shared"}).id()
	home := "/workspaces/" + uma.home
	own := home + "/tasks/" + uma.makes(home+"/tasks", object{"project": uma.makes(home+"/projects", object{"name": "Hers"}).id(), "title": "Hers"}).id()
	uma.attaches(shared, "kept.txt", []byte("kept"), "").is(http.StatusCreated)
	uma.attaches(own, "hers.txt", []byte("hers"), "").is(http.StatusCreated)
	streams := []*stream{uma.follow(s.ws, ""), uma.follow(home, "")}
	others := ada.follow(s.ws, "")

	before := srv.files(false)
	var going sync.WaitGroup
	var bodies []*io.PipeWriter
	statuses := make(chan int, 10)
	for _, task := range []string{shared, own} {
		r, w := io.Pipe()
		bodies = append(bodies, w)
		going.Go(func() { statuses <- uma.streamsFile(task, r) })
		if _, err := io.WriteString(w, strings.TrimSuffix(smallFile, "\r\n--x--\r\n")+strings.Repeat("half ", 50_000)); err != nil {
			t.Fatal(err)
		}
	}
	s.eventually("both files have been begun", func() bool { return srv.files(false) == before+2 })
	gone := make(chan struct{})
	for range 3 {
		going.Go(func() {
			for {
				a, err := uma.ask(http.MethodPost, shared+"/comments", object{"body": "Still here"}).do()
				switch {
				case err != nil:
					t.Error(err)
					return
				case a.status == http.StatusUnauthorized:
					return
				case a.status == http.StatusCreated, a.status == http.StatusNotFound, a.status == http.StatusTooManyRequests:
				default:
					t.Errorf("a comment is answered %d %s", a.status, a.body)
				}
				select {
				case <-gone:
					a := uma.ask(http.MethodPost, shared+"/comments", object{"body": "Too late"}).send()
					if a.status != http.StatusUnauthorized {
						t.Errorf("a comment of whoever is gone is answered %d %s", a.status, a.body)
					}
					return
				default:
				}
			}
		})
	}
	others.next() // a comment of hers
	uma.ask(http.MethodDelete, "/me", object{"password": password("Uma")}).is(http.StatusNoContent)
	close(gone)
	for _, st := range streams {
		s.eventually("her streams end", func() bool {
			select {
			case <-st.ended:
				return true
			default:
				return false
			}
		})
	}
	s.eventually("she is no member any more", func() bool { return !strings.Contains(string(ada.get(s.ws+"/members").body), uma.id) })
	for _, w := range bodies {
		_, _ = io.WriteString(w, "whole\r\n--x--\r\n") // the server may have hung up
		w.Close()
	}
	going.Wait()
	close(statuses)
	for status := range statuses {
		if status != http.StatusUnauthorized && status != http.StatusForbidden && status != http.StatusNotFound {
			t.Errorf("a file that came in after she had gone is answered %d", status)
		}
	}
	ada.get(shared).has(object{"attachment_count": 1})
	s.eventually("nothing is kept of the files that were on their way", func() bool { return srv.files(false) <= before })
	s.eventually("her name is gone from what she wrote", func() bool {
		all := string(ada.get(s.ws+"/snapshot").body) + string(ada.get(shared+"/activity").body) + string(ada.get(s.ws+"/changes?limit=1000").body)
		return !strings.Contains(all, `"Uma"`) && !strings.Contains(all, "Too late") && strings.Contains(all, "Still here")
	})
	for _, line := range srv.log.lines() {
		if status, _ := line["status"].(float64); status >= 500 || line["level"] == "ERROR" {
			t.Errorf("the log says %s", asJSON(line))
		}
	}
	srv.stop()
}

// streamsFile sends a form while it is being written and gives the status of the answer, 0 if the server hung up.
func (p *person) streamsFile(task string, body io.Reader) int {
	req, err := http.NewRequestWithContext(p.s.Context(), http.MethodPost, p.s.env.BaseURL+"/api/v1"+task+"/attachments", body)
	if err != nil {
		p.s.Error(err)
		return 0
	}
	req.Header.Set("Content-Type", "multipart/form-data; boundary=x")
	req.Header.Set("Authorization", "Bearer "+p.token)
	resp, err := p.s.http.Do(req)
	if err != nil {
		p.s.Error(err)
		return 0
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, resp.Body)
	return resp.StatusCode
}
