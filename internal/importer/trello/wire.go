package trello

import "time"

// What the file holds, as far as it is used. Times stay text until they are needed: an unreadable one must not cost
// the whole card.

type board struct {
	ID, Name, Desc, URL, ShortURL string

	closed       bool
	lists        []list
	cards        []card
	labels       []label
	members      []member
	checklists   []checklist
	customFields []customField
	history      history
	roles        int // memberships other than "normal"
	pluginData   int
	odd          int // entries of which something could not be read
	anonymous    int // entries without an ID, which nothing can refer to
}

type list struct {
	ID     string  `json:"id"`
	Name   string  `json:"name"`
	Closed bool    `json:"closed"`
	Pos    float64 `json:"pos"`
}

type label struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Color string `json:"color"`
}

type member struct {
	ID       string `json:"id"`
	FullName string `json:"fullName"`
	Username string `json:"username"`
	Email    string `json:"email"`
}

type card struct {
	ID               string            `json:"id"`
	Name             string            `json:"name"`
	Desc             string            `json:"desc"`
	Closed           bool              `json:"closed"`
	IDList           string            `json:"idList"`
	IDLabels         []string          `json:"idLabels"`
	Labels           []label           `json:"labels"`
	IDMembers        []string          `json:"idMembers"`
	IDMembersVoted   []string          `json:"idMembersVoted"`
	IDCover          string            `json:"idAttachmentCover"`
	Pos              float64           `json:"pos"`
	Start            string            `json:"start"`
	Due              string            `json:"due"`
	DueComplete      bool              `json:"dueComplete"`
	DueReminder      *float64          `json:"dueReminder"`
	DateLastActivity string            `json:"dateLastActivity"`
	ShortURL         string            `json:"shortUrl"`
	URL              string            `json:"url"`
	IsTemplate       bool              `json:"isTemplate"`
	Role             string            `json:"cardRole"`
	LocationName     string            `json:"locationName"`
	Address          string            `json:"address"`
	Attachments      []attachment      `json:"attachments"`
	CustomFields     []customFieldItem `json:"customFieldItems"`
	Stickers         []struct{}        `json:"stickers"`
	PluginData       []struct{}        `json:"pluginData"`
	Cover            struct {
		Color string `json:"color"`
	} `json:"cover"`
	Badges struct {
		Votes       int `json:"votes"`
		Comments    int `json:"comments"`
		Attachments int `json:"attachments"`
		CheckItems  int `json:"checkItems"`
	} `json:"badges"`
}

type attachment struct {
	Name     string `json:"name"`
	URL      string `json:"url"`
	IsUpload bool   `json:"isUpload"`
}

type checklist struct {
	ID     string      `json:"id"`
	IDCard string      `json:"idCard"`
	Name   string      `json:"name"`
	Pos    float64     `json:"pos"`
	Items  []checkItem `json:"checkItems"`
}

type checkItem struct {
	ID       string  `json:"id"`
	Name     string  `json:"name"`
	State    string  `json:"state"`
	Pos      float64 `json:"pos"`
	Due      string  `json:"due"`
	IDMember string  `json:"idMember"`
}

func (i checkItem) complete() bool { return i.State == "complete" }

type customField struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Options []struct {
		ID    string `json:"id"`
		Value struct {
			Text string `json:"text"`
		} `json:"value"`
	} `json:"options"`
}

type customFieldItem struct {
	IDCustomField string `json:"idCustomField"`
	IDValue       string `json:"idValue"`
	Value         struct {
		Text    string `json:"text"`
		Number  string `json:"number"`
		Date    string `json:"date"`
		Checked string `json:"checked"`
	} `json:"value"`
}

type action struct {
	ID              string `json:"id"`
	Type            string `json:"type"`
	Date            string `json:"date"`
	IDMemberCreator string `json:"idMemberCreator"`
	MemberCreator   member `json:"memberCreator"`
	Data            struct {
		Text           string `json:"text"`
		DateLastEdited string `json:"dateLastEdited"`
		Card           struct {
			ID          string `json:"id"`
			Closed      bool   `json:"closed"`
			DueComplete bool   `json:"dueComplete"`
		} `json:"card"`
		ListAfter struct {
			ID string `json:"id"`
		} `json:"listAfter"`
		CheckItem struct {
			ID    string `json:"id"`
			State string `json:"state"`
		} `json:"checkItem"`
		Old struct {
			Closed      *bool `json:"closed"`
			DueComplete *bool `json:"dueComplete"`
		} `json:"old"`
	} `json:"data"`
}

// instant reads a time as Trello writes it; the zero time if it is missing or unreadable.
func instant(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil || t.Year() < 1970 || t.Year() > 9990 {
		return time.Time{}
	}
	return t.UTC().Truncate(time.Millisecond)
}

// born is when the thing with this ID was made: the first four bytes of an object ID are its second. The zero time if
// it is no such ID.
func born(id string) time.Time {
	if len(id) != 24 {
		return time.Time{}
	}
	var seconds int64
	for _, c := range []byte(id[:8]) {
		digit, ok := hexDigit(c)
		if !ok {
			return time.Time{}
		}
		seconds = seconds<<4 | digit
	}
	return time.Unix(seconds, 0).UTC()
}

func hexDigit(c byte) (int64, bool) {
	switch {
	case c >= '0' && c <= '9':
		return int64(c - '0'), true
	case c >= 'a' && c <= 'f':
		return int64(c-'a') + 10, true
	case c >= 'A' && c <= 'F':
		return int64(c-'A') + 10, true
	}
	return 0, false
}
