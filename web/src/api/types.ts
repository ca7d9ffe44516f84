// Made by tools/types.mjs from /openapi.json; a browser test compares it with the server. Not edited by hand.
/* eslint-disable */
export interface paths {
    "/api/v1/sessions": {
        parameters: {
        };
        post: operations["session.begin"];
    };
    "/api/v1/sessions/current": {
        parameters: {
        };
        get: operations["session.get"];
        delete: operations["session.end"];
    };
    "/api/v1/sessions/current/password": {
        parameters: {
        };
        post: operations["session.password"];
    };
    "/api/v1/matters": {
        parameters: {
        };
        get: operations["matter.list"];
        post: operations["matter.open"];
    };
    "/api/v1/matters/{id}": {
        parameters: {
        };
        get: operations["matter.get"];
    };
    "/api/v1/matters/{id}/steps/{step}": {
        parameters: {
        };
        post: operations["matter.step"];
    };
    "/api/v1/matters/{id}/receipt": {
        parameters: {
        };
        get: operations["matter.receipt"];
    };
    "/api/v1/matters/{id}/readers": {
        parameters: {
        };
        get: operations["matter.readers"];
    };
    "/api/v1/matters/{id}/personal": {
        parameters: {
        };
        post: operations["matter.unmask"];
    };
    "/api/v1/files": {
        parameters: {
        };
        post: operations["file.upload"];
    };
    "/api/v1/matters/{id}/files/{file}": {
        parameters: {
        };
        get: operations["matter.file"];
    };
    "/api/v1/figures": {
        parameters: {
        };
        get: operations["figures.city"];
    };
    "/api/v1/matters/{id}/slip": {
        parameters: {
        };
        get: operations["matter.slip"];
    };
    "/api/v1/messages": {
        parameters: {
        };
        get: operations["message.list"];
    };
    "/api/v1/matters/{id}/messages": {
        parameters: {
        };
        get: operations["message.of_matter"];
    };
    "/api/v1/messages/{id}/resend": {
        parameters: {
        };
        post: operations["message.resend"];
    };
    "/api/v1/messages/mine": {
        parameters: {
        };
        get: operations["message.mine"];
    };
    "/api/v1/messages/mine/read": {
        parameters: {
        };
        post: operations["message.mine.read"];
    };
    "/api/v1/commands": {
        parameters: {
        };
        post: operations["command.many"];
    };
    "/api/v1/undo": {
        parameters: {
        };
        get: operations["undo.list"];
    };
    "/api/v1/events": {
        parameters: {
        };
        get: operations["event.stream"];
    };
    "/api/v1/search": {
        parameters: {
        };
        get: operations["matter.search"];
    };
    "/api/v1/search/names": {
        parameters: {
        };
        get: operations["search.names"];
    };
    "/healthz": {
        parameters: {
        };
        get: operations["health"];
    };
    "/api/v1/heads": {
        parameters: {
        };
        get: operations["heads.get"];
    };
    "/api/v1/procedures": {
        parameters: {
        };
        get: operations["procedure.list"];
    };
    "/api/v1/procedures/{name}": {
        parameters: {
        };
        get: operations["procedure.get"];
    };
    "/api/v1/units": {
        parameters: {
        };
        get: operations["unit.list"];
    };
    "/api/v1/catalogues/{name}": {
        parameters: {
        };
        get: operations["catalogue.get"];
    };
    "/api/v1/due": {
        parameters: {
        };
        get: operations["due.get"];
    };
    "/api/v1/texts/{language}": {
        parameters: {
        };
        get: operations["texts.get"];
    };
    "/api/v1/hints/intake": {
        parameters: {
        };
        post: operations["hints.intake"];
    };
    "/api/v1/hints/redaction": {
        parameters: {
        };
        post: operations["hints.redaction"];
    };
    "/api/v1/hints/reply": {
        parameters: {
        };
        post: operations["hints.reply"];
    };
    "/api/v1/people": {
        parameters: {
        };
        get: operations["person.list"];
        post: operations["person.add"];
    };
    "/api/v1/people/{login}": {
        parameters: {
        };
        post: operations["person.change"];
    };
    "/api/v1/people/{login}/end": {
        parameters: {
        };
        post: operations["person.end"];
    };
    "/api/v1/people/{login}/password": {
        parameters: {
        };
        post: operations["person.password"];
    };
    "/api/v1/units/{code}": {
        parameters: {
        };
        get: operations["unit.get"];
    };
    "/api/v1/unit_changes/try": {
        parameters: {
        };
        post: operations["unit.try"];
    };
    "/api/v1/unit_changes": {
        parameters: {
        };
        post: operations["unit.change"];
    };
    "/api/v1/keys": {
        parameters: {
        };
        get: operations["key.list"];
        post: operations["key.make"];
    };
    "/api/v1/keys/{id}": {
        parameters: {
        };
        delete: operations["key.revoke"];
    };
    "/api/v1/lists/{name}/try": {
        parameters: {
        };
        post: operations["list.try"];
    };
    "/api/v1/lists/{name}": {
        parameters: {
        };
        post: operations["list.change"];
    };
    "/api/v1/calendar/try": {
        parameters: {
        };
        post: operations["calendar.try"];
    };
    "/api/v1/calendar": {
        parameters: {
        };
        post: operations["calendar.import"];
    };
    "/api/v1/calendar/dating": {
        parameters: {
        };
        get: operations["calendar.dating"];
    };
    "/api/v1/journal": {
        parameters: {
        };
        get: operations["journal.get"];
    };
    "/api/v1/journal/matters/{id}": {
        parameters: {
        };
        get: operations["journal.matter"];
    };
    "/api/v1/journal/verification": {
        parameters: {
        };
        get: operations["journal.verification"];
        post: operations["journal.verify"];
    };
    "/api/v1/administrative_acts": {
        parameters: {
        };
        get: operations["act.list"];
    };
    "/api/v1/knowledge/search": {
        parameters: {
        };
        get: operations["knowledge.search"];
    };
    "/api/v1/knowledge/entries/{id}": {
        parameters: {
        };
        get: operations["knowledge.entry"];
    };
    "/api/v1/knowledge/laws/{law}": {
        parameters: {
        };
        get: operations["knowledge.law"];
    };
    "/api/v1/knowledge/laws/{law}/articles/{article}": {
        parameters: {
        };
        get: operations["knowledge.article"];
    };
    "/api/v1/knowledge/entries": {
        parameters: {
        };
        get: operations["knowledge.entries"];
    };
    "/api/v1/knowledge/entries/{id}/marks": {
        parameters: {
        };
        post: operations["knowledge.mark"];
    };
    "/api/v1/knowledge/entries/{id}/corrections": {
        parameters: {
        };
        post: operations["knowledge.correct"];
    };
    "/api/v1/topics": {
        parameters: {
        };
        get: operations["topic.list"];
    };
    "/api/v1/topics/{id}": {
        parameters: {
        };
        get: operations["topic.get"];
    };
    "/api/v1/topics/{id}/rename": {
        parameters: {
        };
        post: operations["topic.rename"];
    };
    "/api/v1/topics/{id}/merge": {
        parameters: {
        };
        post: operations["topic.merge"];
    };
    "/api/v1/topics/{id}/take_out": {
        parameters: {
        };
        post: operations["topic.take_out"];
    };
    "/api/v1/topics/{id}/undo": {
        parameters: {
        };
        post: operations["topic.undo"];
    };
    "/api/v1/topics/{id}/follow": {
        parameters: {
        };
        post: operations["topic.follow"];
    };
    "/api/v1/topics/{id}/unfollow": {
        parameters: {
        };
        post: operations["topic.unfollow"];
    };
    "/api/v1/topics/words": {
        parameters: {
        };
        get: operations["topic.words"];
    };
    "/api/v1/topics/barometer": {
        parameters: {
        };
        get: operations["topic.barometer"];
    };
    "/api/v1/topics/warnings": {
        parameters: {
        };
        get: operations["topic.warnings"];
    };
    "/api/v1/hints/alike": {
        parameters: {
        };
        post: operations["hints.alike"];
    };
    "/api/v1/hall/items": {
        parameters: {
        };
        get: operations["hall.items"];
    };
    "/api/v1/hall/facets": {
        parameters: {
        };
        get: operations["hall.facets"];
    };
    "/api/v1/hall/items/{code}": {
        parameters: {
        };
        get: operations["hall.item"];
    };
    "/api/v1/hall/items/{code}/qr": {
        parameters: {
        };
        get: operations["hall.item.qr"];
    };
    "/api/v1/hall/classes": {
        parameters: {
        };
        get: operations["hall.classes"];
    };
    "/api/v1/hall/counter": {
        parameters: {
        };
        get: operations["hall.counter"];
    };
    "/api/v1/hall/changes": {
        parameters: {
        };
        get: operations["hall.changes"];
    };
    "/api/v1/hall/rules": {
        parameters: {
        };
        get: operations["hall.rules"];
    };
    "/api/v1/hall/open-data/items.csv": {
        parameters: {
        };
        get: operations["hall.open_data.csv"];
    };
    "/api/v1/hall/open-data/items.jsonl": {
        parameters: {
        };
        get: operations["hall.open_data.jsonl"];
    };
    "/api/v1/hall/editor/items": {
        parameters: {
        };
        get: operations["hall.editor.items"];
    };
    "/api/v1/hall/editor/revisions": {
        parameters: {
        };
        get: operations["hall.editor.revisions"];
        post: operations["hall.editor.begin"];
    };
    "/api/v1/hall/editor/revisions/{id}": {
        parameters: {
        };
        get: operations["hall.editor.revision"];
    };
    "/api/v1/hall/editor/items/{code}/history": {
        parameters: {
        };
        get: operations["hall.editor.history"];
    };
    "/api/v1/hall/editor/items/{code}/differences": {
        parameters: {
        };
        get: operations["hall.editor.differences"];
    };
    "/api/v1/hall/editor/news": {
        parameters: {
        };
        get: operations["hall.editor.news"];
    };
    "/api/v1/hall/editor/news/seen": {
        parameters: {
        };
        post: operations["hall.editor.seen"];
    };
    "/api/v1/hall/editor/revisions/{id}/draft": {
        parameters: {
        };
        post: operations["hall.editor.save"];
    };
    "/api/v1/hall/editor/revisions/{id}/steps": {
        parameters: {
        };
        post: operations["hall.editor.step"];
    };
    "/api/v1/hall/editor/revisions/{id}/files": {
        parameters: {
        };
        post: operations["hall.editor.file"];
    };
    "/api/v1/hall/files/{file}": {
        parameters: {
        };
        get: operations["hall.file"];
    };
    "/api/v1/hall/items/{code}/form": {
        parameters: {
        };
        get: operations["hall.form"];
    };
    "/api/v1/hall/drafts": {
        parameters: {
        };
        get: operations["hall.drafts"];
    };
    "/api/v1/hall/drafts/{code}": {
        parameters: {
        };
        put: operations["hall.draft.save"];
        delete: operations["hall.draft.drop"];
    };
    "/api/v1/hall/applications": {
        parameters: {
        };
        post: operations["hall.apply"];
    };
    "/api/v1/hall/applications/{id}/payment": {
        parameters: {
        };
        get: operations["hall.payment"];
        post: operations["hall.pay"];
    };
    "/api/v1/hall/applications/{id}/refund": {
        parameters: {
        };
        post: operations["hall.refund"];
    };
    "/api/v1/hall/applications/{id}/rating": {
        parameters: {
        };
        post: operations["hall.rate"];
    };
    "/api/v1/hall/figures": {
        parameters: {
        };
        get: operations["hall.figures"];
    };
    "/api/v1/hall/applications/{id}/licence": {
        parameters: {
        };
        get: operations["hall.licence"];
    };
    "/api/v1/hall/applications/{id}/licence.pdf": {
        parameters: {
        };
        get: operations["hall.licence.pdf"];
    };
    "/api/v1/hall/licences": {
        parameters: {
        };
        get: operations["hall.licences"];
    };
    "/api/v1/hall/licences/{id}/{check}": {
        parameters: {
        };
        get: operations["hall.licence.check"];
    };
    "/api/v1/hall/today": {
        parameters: {
        };
        get: operations["hall.today"];
    };
    "/api/v1/hall/today/cases": {
        parameters: {
        };
        get: operations["hall.today.cases"];
    };
    "/api/v1/hall/today/events": {
        parameters: {
        };
        get: operations["hall.today.stream"];
    };
    "/api/v1/hall/elsewhere": {
        parameters: {
        };
        get: operations["hall.elsewhere"];
    };
    "/api/v1/hall/favourites": {
        parameters: {
        };
        get: operations["hall.favourites"];
    };
    "/api/v1/hall/favourites/{code}": {
        parameters: {
        };
        put: operations["hall.favourite.keep"];
        delete: operations["hall.favourite.drop"];
    };
    "/api/v1/hall/places": {
        parameters: {
        };
        get: operations["hall.places"];
    };
    "/api/v1/hall/companies": {
        parameters: {
        };
        get: operations["hall.companies"];
        post: operations["hall.company.open"];
    };
    "/api/v1/hall/companies/{company}/mandates": {
        parameters: {
        };
        get: operations["hall.mandates"];
        post: operations["hall.mandate.give"];
    };
    "/api/v1/hall/mandates/{id}": {
        parameters: {
        };
        delete: operations["hall.mandate.end"];
    };
    "/api/v1/floor/halls": {
        parameters: {
        };
        get: operations["floor.halls"];
    };
    "/api/v1/floor/halls/{hall}/days": {
        parameters: {
        };
        get: operations["floor.days"];
    };
    "/api/v1/floor/halls/{hall}/slots": {
        parameters: {
        };
        get: operations["floor.slots"];
    };
    "/api/v1/floor/halls/{hall}/appointments": {
        parameters: {
        };
        get: operations["floor.day_appointments"];
        post: operations["floor.book"];
    };
    "/api/v1/floor/appointments": {
        parameters: {
        };
        get: operations["floor.appointments"];
    };
    "/api/v1/floor/appointments/{number}": {
        parameters: {
        };
        get: operations["floor.appointment"];
    };
    "/api/v1/floor/appointments/{number}/cancel": {
        parameters: {
        };
        post: operations["floor.cancel"];
    };
    "/api/v1/floor/halls/{hall}/tickets": {
        parameters: {
        };
        post: operations["floor.take"];
    };
    "/api/v1/floor/tickets/{key}": {
        parameters: {
        };
        get: operations["floor.ticket"];
    };
    "/api/v1/floor/tickets/{key}/leave": {
        parameters: {
        };
        post: operations["floor.leave"];
    };
    "/api/v1/floor/tickets/{key}/come_back": {
        parameters: {
        };
        post: operations["floor.come_back"];
    };
    "/api/v1/floor/halls/{hall}/screen": {
        parameters: {
        };
        get: operations["floor.screen"];
    };
    "/api/v1/floor/halls/{hall}/events": {
        parameters: {
        };
        get: operations["floor.stream"];
    };
    "/api/v1/floor/halls/{hall}/figures": {
        parameters: {
        };
        get: operations["floor.figures"];
    };
    "/api/v1/floor/desk": {
        parameters: {
        };
        get: operations["floor.desk"];
    };
    "/api/v1/floor/halls/{hall}/open": {
        parameters: {
        };
        post: operations["floor.open"];
    };
    "/api/v1/floor/desk/pause": {
        parameters: {
        };
        post: operations["floor.pause"];
    };
    "/api/v1/floor/desk/resume": {
        parameters: {
        };
        post: operations["floor.resume"];
    };
    "/api/v1/floor/desk/close": {
        parameters: {
        };
        post: operations["floor.close"];
    };
    "/api/v1/floor/halls/{hall}/windows/{window}/close": {
        parameters: {
        };
        post: operations["floor.close_for"];
    };
    "/api/v1/floor/desk/next": {
        parameters: {
        };
        post: operations["floor.next"];
    };
    "/api/v1/floor/desk/again": {
        parameters: {
        };
        post: operations["floor.again"];
    };
    "/api/v1/floor/desk/pass": {
        parameters: {
        };
        post: operations["floor.pass"];
    };
    "/api/v1/floor/desk/finish": {
        parameters: {
        };
        post: operations["floor.finish"];
    };
    "/api/v1/floor/desk/transfer": {
        parameters: {
        };
        post: operations["floor.transfer"];
    };
    "/api/v1/floor/desk/tickets/{id}/let_back": {
        parameters: {
        };
        post: operations["floor.let_back"];
    };
    "/api/v1/floor/desk/tickets/{id}/priority": {
        parameters: {
        };
        post: operations["floor.priority"];
    };
    "/api/v1/floor/desk/tickets/{id}/personal": {
        parameters: {
        };
        post: operations["floor.unmask"];
    };
    "/api/v1/floor/halls/{hall}/plan": {
        parameters: {
        };
        get: operations["floor.plan"];
        post: operations["floor.plan_change"];
    };
    "/api/v1/floor/halls/{hall}/plan/check": {
        parameters: {
        };
        post: operations["floor.plan_check"];
    };
    "/api/v1/call_reports": {
        parameters: {
        };
        post: operations["call.report"];
    };
    "/api/v1/practice_calls": {
        parameters: {
        };
        post: operations["practice_call.ring"];
    };
    "/api/v1/practice_calls/{id}/answer": {
        parameters: {
        };
        post: operations["practice_call.answer"];
    };
    "/api/v1/practice_calls/{id}/hang_up": {
        parameters: {
        };
        post: operations["practice_call.hang_up"];
    };
    "/api/v1/calls": {
        parameters: {
        };
        get: operations["call.list"];
    };
    "/api/v1/calls/lists": {
        parameters: {
        };
        get: operations["call.lists"];
    };
    "/api/v1/calls/{id}": {
        parameters: {
        };
        get: operations["call.get"];
    };
    "/api/v1/calls/{id}/caller": {
        parameters: {
        };
        get: operations["call.caller"];
    };
    "/api/v1/calls/{id}/attach": {
        parameters: {
        };
        post: operations["call.attach"];
    };
    "/api/v1/calls/{id}/detach": {
        parameters: {
        };
        post: operations["call.detach"];
    };
    "/api/v1/calls/{id}/close": {
        parameters: {
        };
        post: operations["call.close"];
    };
    "/api/v1/calls/{id}/mark": {
        parameters: {
        };
        post: operations["call.mark"];
    };
    "/api/v1/calls/{id}/unmask": {
        parameters: {
        };
        post: operations["call.unmask"];
    };
    "/api/v1/seats": {
        parameters: {
        };
        get: operations["seat.list"];
    };
    "/api/v1/seats/me": {
        parameters: {
        };
        get: operations["seat.mine"];
    };
    "/api/v1/seats/{login}/state": {
        parameters: {
        };
        post: operations["seat.state"];
    };
    "/api/v1/seats/{login}/spans": {
        parameters: {
        };
        get: operations["seat.spans"];
    };
    "/api/v1/seats/breaks": {
        parameters: {
        };
        get: operations["seat.breaks"];
        post: operations["seat.ask_break"];
    };
    "/api/v1/seats/breaks/{id}/grant": {
        parameters: {
        };
        post: operations["seat.grant_break"];
    };
    "/api/v1/seats/breaks/{id}/refuse": {
        parameters: {
        };
        post: operations["seat.refuse_break"];
    };
    "/api/v1/ring_backs": {
        parameters: {
        };
        get: operations["ring_back.list"];
    };
    "/api/v1/ring_backs/{id}": {
        parameters: {
        };
        get: operations["ring_back.get"];
    };
    "/api/v1/ring_backs/{id}/claim": {
        parameters: {
        };
        post: operations["ring_back.claim"];
    };
    "/api/v1/ring_backs/{id}/release": {
        parameters: {
        };
        post: operations["ring_back.release"];
    };
    "/api/v1/ring_backs/{id}/attempt": {
        parameters: {
        };
        post: operations["ring_back.attempt"];
    };
    "/api/v1/ring_backs/{id}/close": {
        parameters: {
        };
        post: operations["ring_back.close"];
    };
    "/api/v1/ring_backs/{id}/unmask": {
        parameters: {
        };
        post: operations["ring_back.unmask"];
    };
    "/api/v1/calls/figures": {
        parameters: {
        };
        get: operations["call.figures"];
    };
    "/api/v1/call_checks": {
        parameters: {
        };
        get: operations["call_check.list"];
        post: operations["call_check.draw"];
    };
    "/api/v1/call_checks/card": {
        parameters: {
        };
        get: operations["call_check.card"];
    };
    "/api/v1/call_checks/figures": {
        parameters: {
        };
        get: operations["call_check.figures"];
    };
    "/api/v1/call_checks/{call}": {
        parameters: {
        };
        get: operations["call_check.get"];
    };
    "/api/v1/call_checks/{call}/mark": {
        parameters: {
        };
        post: operations["call_check.mark"];
    };
    "/api/v1/call_checks/{call}/leave_out": {
        parameters: {
        };
        post: operations["call_check.leave_out"];
    };
    "/api/v1/call_checks/{call}/object": {
        parameters: {
        };
        post: operations["call_check.object"];
    };
    "/api/v1/call_checks/{call}/decide": {
        parameters: {
        };
        post: operations["call_check.decide"];
    };
    "/api/v1/calls/{id}/limit": {
        parameters: {
        };
        post: operations["call.limit"];
    };
    "/api/v1/calls/ratings": {
        parameters: {
        };
        get: operations["call.ratings"];
    };
    "/api/v1/notices": {
        parameters: {
        };
        get: operations["notice.list"];
    };
    "/api/v1/notices/{id}/read": {
        parameters: {
        };
        post: operations["notice.read"];
    };
    "/api/v1/notices/{id}/readers": {
        parameters: {
        };
        get: operations["notice.readers"];
    };
    "/api/v1/rota": {
        parameters: {
        };
        get: operations["rota.day"];
    };
    "/api/v1/rota/now": {
        parameters: {
        };
        get: operations["rota.now"];
    };
    "/api/v1/rota/duty_phone": {
        parameters: {
        };
        get: operations["rota.duty_phone"];
    };
    "/api/v1/rota/import": {
        parameters: {
        };
        post: operations["rota.import"];
    };
    "/api/v1/rota/{id}/strike": {
        parameters: {
        };
        post: operations["rota.strike"];
    };
    "/api/v1/rulebooks": {
        parameters: {
        };
        get: operations["rulebook.list"];
    };
    "/api/v1/rulebooks/{name}": {
        parameters: {
        };
        get: operations["rulebook.get"];
    };
    "/api/v1/rulebooks/{name}/reading": {
        parameters: {
        };
        post: operations["rulebook.read"];
    };
    "/api/v1/rulebooks/{name}/checks": {
        parameters: {
        };
        post: operations["rulebook.check"];
    };
    "/api/v1/rulebooks/{name}/checks/{hash}": {
        parameters: {
        };
        get: operations["rulebook.checked"];
        delete: operations["rulebook.check_stop"];
    };
    "/api/v1/rulebooks/{name}/versions": {
        parameters: {
        };
        post: operations["rulebook.take"];
    };
    "/api/v1/brief": {
        parameters: {
        };
        get: operations["brief.day"];
    };
    "/brief": {
        parameters: {
        };
        get: operations["brief.page"];
    };
    "/api/v1/brief/matters": {
        parameters: {
        };
        get: operations["brief.matters"];
    };
    "/api/v1/handovers": {
        parameters: {
        };
        get: operations["handover.list"];
        post: operations["handover.write"];
    };
    "/api/v1/handovers/{number}": {
        parameters: {
        };
        get: operations["handover.one"];
    };
    "/api/v1/handovers/{number}/page": {
        parameters: {
        };
        get: operations["handover.page"];
    };
    "/api/v1/figures/indicators": {
        parameters: {
        };
        get: operations["figure.indicators"];
    };
    "/api/v1/figures/months": {
        parameters: {
        };
        get: operations["figure.months"];
    };
    "/api/v1/figures/months/{month}": {
        parameters: {
        };
        get: operations["figure.month"];
    };
    "/api/v1/figures/months/{month}/units": {
        parameters: {
        };
        get: operations["figure.by_unit"];
    };
    "/api/v1/figures/months/{month}/values": {
        parameters: {
        };
        get: operations["figure.by_value"];
    };
    "/api/v1/figures/months/{month}/freeze": {
        parameters: {
        };
        post: operations["figure.freeze"];
    };
    "/api/v1/figures/months/{month}/corrections": {
        parameters: {
        };
        post: operations["figure.correct"];
    };
    "/api/v1/figures/months/{month}/units.csv": {
        parameters: {
        };
        get: operations["figure.by_unit_csv"];
    };
    "/api/v1/figures/months/{month}/units.xlsx": {
        parameters: {
        };
        get: operations["figure.by_unit_xlsx"];
    };
    "/api/v1/figures/heat": {
        parameters: {
        };
        get: operations["figure.heat"];
    };
    "/api/v1/open/figures": {
        parameters: {
        };
        get: operations["open_figure.months"];
    };
    "/api/v1/open/figures/{month}": {
        parameters: {
        };
        get: operations["open_figure.month"];
    };
    "/api/v1/map": {
        parameters: {
        };
        get: operations["map.tiles"];
    };
    "/metrics": {
        parameters: {
        };
        get: operations["metrics"];
    };
    "/openapi.json": {
        parameters: {
        };
        get: operations["openapi"];
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        names: {
            zh: string;
            en: string;
        };
        fault: {
            key: string;
            title: string;
            text: components["schemas"]["names"];
            field?: string;
            params?: {
                [key: string]: string;
            };
        };
        problem: {
            key: string;
            title: string;
            text: components["schemas"]["names"];
            field?: string;
            params?: {
                [key: string]: string;
            };
            type: string;
            status: number;
            request?: string;
            others?: components["schemas"]["fault"][];
        };
        unit: {
            code: string;
            zh: string;
            en: string;
        };
        session: {
            role: string;
            csrf: string;
            until: string;
            person?: {
                login: string;
                zh: string;
                en: string;
            };
            unit?: components["schemas"]["unit"];
            matter?: string;
        };
        opened: {
            id: string;
            number: string;
            stage: string;
            version: number;
            event: string;
            at: string;
            due?: string;
            last_day?: string;
            provisional?: true;
            assignments?: {
                id: string;
                unit: string;
                share: "lead" | "assist" | "delegate";
                progress: "offered" | "signed" | "working" | "replied" | "approved" | "returned" | "waived" | "ended";
                version: number;
                due?: string;
            }[];
            code?: string;
        };
        light: "green" | "yellow" | "red" | "grey";
        due: {
            at: string;
            last_day: string;
            working_days_left: number;
            provisional?: true;
        };
        share: {
            id: string;
            share: "lead" | "assist" | "delegate";
            progress: "offered" | "signed" | "working" | "replied" | "approved" | "returned" | "waived" | "ended";
            version: number;
            light: components["schemas"]["light"];
            offered_at: string;
            unit?: components["schemas"]["unit"];
            parent?: string;
            due?: components["schemas"]["due"];
            first_due?: components["schemas"]["due"];
            asked?: "return" | "extension";
            designated?: true;
            signed_at?: string;
            contacted_at?: string;
            replied_at?: string;
        };
        opening: {
            procedure: string;
            number: string;
        };
        along: {
            step: string;
            number: string;
        };
        hint: {
            field: string;
            value: string;
            by: string;
            taken: boolean;
        };
        timeline_entry: {
            no: number;
            event: string;
            step: string;
            at: string;
            stage?: string;
            unit?: components["schemas"]["unit"];
            role?: string;
            by?: components["schemas"]["names"];
            form?: Record<string, unknown>;
            opens?: components["schemas"]["opening"][];
            along?: components["schemas"]["along"][];
            along_with?: string;
            hints?: components["schemas"]["hint"][];
            undone_by?: number;
            undoes?: number;
        };
        offer: {
            step: string;
            assignment?: string;
            undoes?: string;
            until?: string;
        };
        matter: {
            id: string;
            number: string;
            procedure: string;
            stage: string;
            kind: string | null;
            class: string;
            region: string;
            channel: string;
            filed_at: string;
            version: number;
            open: boolean;
            tie: "asker" | "centre" | "lead" | "assist" | "below" | "above" | "other";
            light: components["schemas"]["light"];
            title?: string;
            accepted_at?: string;
            closed_at?: string;
            due?: components["schemas"]["due"];
            first_due?: components["schemas"]["due"];
            held_since?: string;
            redone?: number;
            opened_by?: string;
            main?: string;
            merged?: number;
            about?: string;
            claim?: {
                role: string;
                mine: boolean;
                until: string;
                by?: components["schemas"]["names"];
            };
            urgent?: true;
            hazard?: true;
            incident?: true;
            confidential?: true;
            anonymous?: true;
            no_reply?: true;
            assignments: components["schemas"]["share"][];
            fields: Record<string, unknown>;
            timeline: components["schemas"]["timeline_entry"][];
            steps: components["schemas"]["offer"][];
        };
        outcome: {
            id: string;
            number: string;
            stage: string;
            version: number;
            event: string;
            at: string;
            due?: string;
            last_day?: string;
            provisional?: true;
            assignments?: {
                id: string;
                unit: string;
                share: "lead" | "assist" | "delegate";
                progress: "offered" | "signed" | "working" | "replied" | "approved" | "returned" | "waived" | "ended";
                version: number;
                due?: string;
            }[];
        };
        checkpoint: {
            id: number;
            at: string;
            events: number;
            root: string;
            before: string;
            hash: string;
            signer: string;
            signature: string;
        };
        receipt: {
            number: string;
            lane: number;
            events: {
                no: number;
                event: string;
                hash: string;
                step?: string;
                at?: string;
            }[];
            checkpoint?: components["schemas"]["checkpoint"];
        };
        matter_row: {
            id: string;
            number: string;
            procedure: string;
            stage: string;
            kind: string | null;
            class: string;
            region: string;
            channel: string;
            filed_at: string;
            version: number;
            open: boolean;
            tie: "asker" | "centre" | "lead" | "assist" | "below" | "above" | "other";
            light: components["schemas"]["light"];
            title?: string;
            accepted_at?: string;
            closed_at?: string;
            due?: components["schemas"]["due"];
            first_due?: components["schemas"]["due"];
            held_since?: string;
            redone?: number;
            opened_by?: string;
            main?: string;
            merged?: number;
            about?: string;
            claim?: {
                role: string;
                mine: boolean;
                until: string;
                by?: components["schemas"]["names"];
            };
            urgent?: true;
            hazard?: true;
            incident?: true;
            confidential?: true;
            anonymous?: true;
            no_reply?: true;
            assignments: components["schemas"]["share"][];
        };
        figures: {
            at: string;
            city: string;
            demo: boolean;
            practice: boolean;
            open: number;
            closed: number;
            units: number;
            stages: {
                [key: string]: number;
            };
            kinds: {
                [key: string]: number;
            };
            lights: {
                green: number;
                yellow: number;
                red: number;
                grey: number;
            };
            today: {
                [key: string]: number;
            };
            total: {
                [key: string]: number;
            };
            hints: {
                [key: string]: {
                    shown: number;
                    taken: number;
                };
            };
        };
        message: {
            id: string;
            number: string;
            text: string;
            said: string;
            told_at: string;
            state: "waiting" | "delivered" | "given_up" | "taken_back";
            attempts: number;
            unit?: components["schemas"]["unit"];
            phone?: string;
            ended_at?: string;
            why?: "too_old" | "nobody" | "refused";
            resends?: {
                no: number;
                at: string;
                by?: components["schemas"]["names"];
                role: string;
                reason: string;
            }[];
            may_resend?: boolean;
        };
        own_message: {
            id: string;
            number: string;
            procedure: string;
            title: string;
            text: string;
            said: string;
            told_at: string;
            read: boolean;
        };
        changed: {
            list: string;
            id: string;
            version: number;
        };
        passage: {
            field: string;
            parts: {
                text: string;
                hit?: true;
            }[];
            cut_before?: true;
            cut_after?: true;
        };
        hit: {
            matter: components["schemas"]["matter_row"];
            passages: components["schemas"]["passage"][];
        };
        unit_in_tree: {
            code: string;
            zh: string;
            en: string;
            level: number;
            region: string;
            group: string;
            parent: string | null;
            heir?: string;
        };
        candidate: {
            value: string;
            names?: components["schemas"]["names"];
            percent: number;
        };
        judged: {
            candidates: components["schemas"]["candidate"][];
            tops?: components["schemas"]["candidate"][];
            proposed?: {
                value: string;
                names?: components["schemas"]["names"];
                percent: number;
                why: {
                    passage: string;
                    percent: number;
                }[];
                token?: string;
            };
        };
        intake_hints: {
            class: components["schemas"]["judged"];
            kind: components["schemas"]["judged"];
            urgent: components["schemas"]["judged"];
            region: {
                proposed?: {
                    value: string;
                    zh: string;
                    percent: number;
                    mentions: string[];
                    token?: string;
                };
            };
            unit: {
                why: "row" | "unclear" | "needs_area" | "no_row" | "no_unit" | "no_class" | "experience";
                note?: string;
                proposed?: {
                    lead: components["schemas"]["unit"];
                    assist: components["schemas"]["unit"][];
                    token?: string;
                };
                past?: {
                    unit: components["schemas"]["unit"];
                    led: number;
                    returned: number;
                }[];
                past_in_area?: boolean;
            };
            emergency: {
                line: "110" | "119" | "120" | "122";
                words: string[];
            }[];
        };
        redaction: {
            parts: {
                text: string;
                sort?: "name" | "phone" | "id" | "card" | "plate" | "email" | "account" | "address" | "kin" | "school_class" | "employer";
                replacement?: string;
                percent?: number;
            }[];
            proposed: string;
            token?: string;
        };
        reply_advice: {
            demands: {
                text: string;
                sort: "when" | "who" | "how_much" | "where" | "may" | "why" | "how" | "act";
                answered: boolean;
                by?: string;
            }[];
            advice: {
                key: string;
                sentence: string;
                in: "appeal" | "reply";
                passage?: string;
            }[];
            formula_percent: number;
        };
        account_row: {
            login: string;
            role: string;
            zh: string;
            en: string;
            unit?: components["schemas"]["unit"];
            phone?: string;
            employer?: string;
            can_sign_in: boolean;
            locked_until?: string;
        };
        account: {
            login: string;
            role: string;
            zh: string;
            en: string;
            unit?: components["schemas"]["unit"];
            phone?: string;
            employer?: string;
        };
        whole_unit: {
            code: string;
            zh: string;
            en: string;
            level: number;
            region: string;
            group: string;
            duties: string[];
            liaison: string;
            phone: string;
            office_hours: string;
            people: {
                login: string;
                role: string;
                zh: string;
                en: string;
            }[];
            open_shares: number;
            parent?: components["schemas"]["unit"];
            heir?: components["schemas"]["unit"];
            ended_at?: string;
            stands_for: components["schemas"]["unit"][];
        };
        reorganisation: {
            renamed: number;
            merged: number;
            moved: number;
            added: number;
            contacts: number;
            ended: {
                unit: components["schemas"]["unit"];
                heir: components["schemas"]["unit"];
                open_shares: number;
                people: number;
                below: number;
            }[];
        };
        knowledge_answer: {
            name: string;
            kind: "entry" | "article";
            title: string;
            good: boolean;
            expired: boolean;
            certainty: number;
            area: string;
            from?: string;
            until?: string;
            passage: {
                text: string;
                hit: boolean;
            }[];
            sure: boolean;
            entry?: string;
            version?: number;
            basis?: string;
            unit?: string;
            unit_name?: string;
            articles?: {
                law: string;
                title: string;
                article: string;
            }[];
            hints?: {
                field: "entry" | "entry_version";
                value: string | number;
                token: string;
            }[];
            law?: string;
            article?: string;
            chapter?: string;
            note?: string;
            superseded_by?: string;
        };
        opinion: {
            helpful: number;
            not_helpful: number;
            corrections: number;
            open_corrections: number;
        };
        entry_row: {
            entry: string;
            version: number;
            title: string;
            state: "coming" | "in_force" | "ending" | "over" | "taken_down";
            staff_only: boolean;
            unit?: string;
            unit_name?: string;
            area: string;
            from?: string;
            until?: string;
        };
        topic: {
            id: string;
            title: string;
            renamed: boolean;
            place: string;
            words: string[];
            class: string;
            region: string;
            heat: number;
            matters: number;
            people: number;
            votes: number;
            recent: number;
            usual: number;
            first: string;
            last: string;
            followers: number;
            following: boolean;
        };
        PublicMatter: {
            number: string;
            title: string;
            text: string;
            place?: string;
            reply?: string;
            class: string;
            region: string;
            unit?: components["schemas"]["unit"];
            open: boolean;
            filed_at: string;
        };
        hall_named: {
            code: string;
            zh: string;
            en?: string;
        };
        hall_row: {
            code: string;
            name: string;
            name_en: string;
            situation: string;
            situation_name: string;
            unit: components["schemas"]["hall_named"];
            region: components["schemas"]["hall_named"];
            level: "province" | "city" | "county" | "town" | "village";
            type: "XK" | "XF" | "XZ" | "XS" | "XG" | "XC" | "QR" | "JL" | "CJ" | "GF" | "QT";
            kind: "instant" | "promised";
            promised_days: number;
            legal_days: number;
            trips: "none" | "one" | "more";
            star: number;
            fee: boolean;
            audience: ("person" | "company")[];
        };
        hall_special: {
            name: string;
            days: number;
            basis?: string;
            when?: string;
        };
        hall_material: {
            code: string;
            name: string;
            form: "noneed" | "upload" | "paper" | "form" | "licence";
            grade?: "A" | "B" | "C" | "D";
            from?: string;
            shared: boolean;
            copies: number;
            sample?: string;
            template?: string;
            when?: string;
            note?: string;
        };
        hall_item: {
            code: string;
            catalogue?: string;
            name: string;
            name_en?: string;
            situation: string;
            situation_name?: string;
            situation_name_en?: string;
            type: string;
            unit: string;
            unit_name?: string;
            unit_en?: string;
            region: string;
            level: "province" | "city" | "county" | "town" | "village";
            audience: ("person" | "company")[];
            classes: string[];
            scenes?: string[];
            keywords?: string[];
            kind: "instant" | "promised";
            legal_days: number;
            legal_over?: string;
            promised_days: number;
            pre_review_days: number;
            receive_days: number;
            basis?: {
                law: string;
                article?: string;
            }[];
            conditions?: string[];
            steps?: string[];
            special?: components["schemas"]["hall_special"][];
            materials?: components["schemas"]["hall_material"][];
            fee: {
                charged: boolean;
                standard?: string;
                basis?: string;
            };
            result: {
                name?: string;
                name_en?: string;
                type: "licence" | "approval" | "certificate" | "none";
                electronic: boolean;
            };
            star: number;
            in_person: number;
            delivery?: ("courier" | "pickup" | "electronic")[];
            account: "plain" | "real_name" | "ca";
            options?: ("appointment" | "self_service" | "pay_on_line" | "proxy" | "missing_papers" | "promise" | "any_place" | "across_provinces" | "collect_elsewhere" | "one_window" | "together" | "joint" | "by_phone" | "without_asking" | "at_once" | "no_materials")[];
            window?: {
                place?: string;
                address?: string;
                traffic?: string;
                hours?: string;
                lat?: number;
                lon?: number;
            };
            phone?: string;
            complaint_phone?: string;
            valid_from?: string;
            version: number;
            state: "published" | "cancelled" | "delegated" | "merged" | "revising";
            revising_since?: string;
            published_at: string;
            until?: string;
            trips: "none" | "one" | "more";
            trips_why: {
                key: string;
                zh: string;
                en: string;
            };
            names: {
                unit: {
                    code: string;
                    zh: string;
                    en?: string;
                };
                region: {
                    code: string;
                    zh: string;
                    whole: string;
                };
                classes: {
                    code: string;
                    zh: string;
                    en?: string;
                }[];
                scenes: {
                    code: string;
                    zh: string;
                    en?: string;
                }[];
            };
            other_situations: {
                code: string;
                situation: string;
                situation_name?: string;
                situation_name_en?: string;
            }[];
            versions: {
                version: number;
                from: string;
                until?: string;
            }[];
        };
        hall_revision_step: {
            step: string;
            at: string;
            by?: components["schemas"]["names"];
            said?: string;
        };
        hall_difference: {
            field: string;
            before?: string;
            after?: string;
        };
        hall_revision: {
            id: string;
            number: string;
            kind: "new" | "revise" | "cancelled" | "delegated" | "merged" | "struck";
            stage: "item_drafting" | "item_endorsing" | "item_publishing" | "item_published" | "item_given_up";
            unit: components["schemas"]["unit"];
            name: string;
            item?: string;
            base?: number;
            withdraws: boolean;
            draft: number;
            saved_at: string;
            saved_by: components["schemas"]["names"];
            begun: string;
            body: Record<string, unknown>;
            before?: Record<string, unknown>;
            published?: number;
            may: ("save" | "hand_in" | "endorse" | "publish" | "send_back" | "give_up")[];
            steps: components["schemas"]["hall_revision_step"][];
            credit?: string;
            next_serial?: number;
            faults: {
                key: string;
                field: string;
                zh: string;
                en: string;
            }[];
            trips?: "none" | "one" | "more";
            trips_why?: components["schemas"]["names"];
            changes: components["schemas"]["hall_difference"][];
        };
        hall_form_draft: {
            item: string;
            version: number;
            saved_at: string;
            tag: string;
            name?: string;
            typed?: Record<string, unknown>;
        };
        hall_form: {
            item: string;
            version: number;
            name: string;
            situation_name: string;
            applicant: "person" | "company";
            audience: ("person" | "company")[];
            star: number;
            schema: Record<string, unknown>;
            known: Record<string, unknown>;
            materials: {
                code: string;
                name: string;
                form: "noneed" | "upload" | "paper" | "form" | "licence";
                wanted: boolean;
                ways: ("upload" | "paper" | "licence" | "follow")[];
                when?: string;
                note?: string;
                sample?: string;
                template?: string;
                before?: {
                    matter: string;
                    number: string;
                    files: string[];
                };
            }[];
            delivery: ("courier" | "pickup" | "electronic")[];
            may_commit: boolean;
            lead: {
                code: string;
                zh: string;
                en: string;
            }[];
            together: {
                code: string;
                zh: string;
                en: string;
            }[];
            promised_days: number;
            charged: boolean;
            draft?: components["schemas"]["hall_form_draft"];
        };
        hall_opened: {
            id: string;
            number: string;
            stage: string;
            version: number;
            event: string;
            at: string;
            due?: string;
            last_day?: string;
            provisional?: true;
            assignments?: {
                id: string;
                unit: string;
                share: "lead" | "assist" | "delegate";
                progress: "offered" | "signed" | "working" | "replied" | "approved" | "returned" | "waived" | "ended";
                version: number;
                due?: string;
            }[];
            code?: string;
            answered_by: string;
            promised_by?: string;
        };
        hall_payment: {
            state: "none" | "open" | "paid" | "refunded";
            bank: string;
            amount?: number;
            code?: string;
            transaction?: string;
        };
        hall_licence: {
            number: string;
            name: string;
            holder: string;
            item: string;
            title: string;
            unit: {
                zh: string;
                en: string;
            };
            decided: string;
            valid: boolean;
            until?: string;
            case: string;
            check: string;
        };
        hall_changed: Record<string, unknown>;
        hall_favourite: {
            item: string;
            name: string;
            kept_at: string;
            state: "published" | "revising" | "cancelled" | "delegated" | "merged" | "gone";
            situation?: string;
            unit?: {
                zh: string;
                en: string;
            };
            name_en?: string;
            situation_name?: string;
            situation_name_en?: string;
            change?: {
                kind: "cancelled" | "delegated" | "merged";
                day: string;
                basis: string;
                zh: string;
                en: string;
            };
        };
        hall_place: {
            code: string;
            zh: string;
            en: string;
            unit: string;
            region: string;
            address: {
                zh: string;
                en: string;
            };
            lat: number;
            lon: number;
            hours: string;
            open: boolean;
            until?: string;
            opens?: string;
            way?: string;
            phone?: string;
        };
        hall_company: {
            code: string;
            name: string;
            as: "legal" | "mandate";
            scope: "see" | "act";
            state: "holds" | "withdrawn" | "ended";
            mandate?: string;
            until?: string;
        };
        hall_mandate: {
            id: string;
            person: {
                zh: string;
                en: string;
            };
            scope: "see" | "act";
            until: string;
            given_at: string;
            state: "holds" | "withdrawn" | "ended";
            ended_at?: string;
        };
        floor_service: {
            code: string;
            zh: string;
            en: string;
            letter: string;
            units: string[];
            windows: number;
        };
        floor_hall: {
            code: string;
            zh: string;
            en: string;
            unit: string;
            address: components["schemas"]["names"];
            hours: string;
            gives_numbers: boolean;
            point?: {
                lat: number;
                lon: number;
            };
            closed: {
                day: string;
                zh: string;
                en: string;
            }[];
            services: components["schemas"]["floor_service"][];
        };
        floor_day: {
            day: string;
            open: boolean;
            free: number;
            name?: string;
            make_up?: true;
            provisional?: true;
        };
        floor_slot: {
            at: string;
            until: string;
            places: number;
            taken: number;
            free: number;
        };
        floor_appointment: {
            id: string;
            hall: string;
            service: string;
            day: string;
            at: string;
            until: string;
            state: "booked" | "came" | "no_show" | "cancelled";
            name: string;
            phone: string;
            number?: string;
            may_cancel?: boolean;
            number_from?: string;
            item?: string;
            case?: string;
        };
        floor_ticket: {
            id: string;
            number: string;
            hall: string;
            service: string;
            state: "waiting" | "called" | "served" | "passed" | "left";
            way: "hall" | "phone";
            taken: string;
            calls: number;
            may_come_back: boolean;
            ground?: "elderly" | "with_child" | "ill" | "disabled" | "pregnant" | "military";
            over?: true;
            appointment?: string;
            before?: number;
            minutes?: number;
            only_window?: string;
            behind?: number;
            window?: string;
            called?: string;
            voice?: components["schemas"]["names"];
        };
        floor_window: {
            code: string;
            state: "open" | "paused" | "closed";
            serves: string[];
            reason?: "rest" | "papers" | "system" | "other";
            number?: string;
            called?: string;
        };
        floor_waiting: {
            service: string;
            zh: string;
            en: string;
            waiting: number;
            windows: number;
            next: string[];
            minutes?: number;
        };
        floor_changed: {
            hall: string;
        };
        floor_tally: {
            taken: number;
            waiting: number;
            served: number;
            passed: number;
            ended: number;
            left: number;
            priority: number;
            by_appointment: number;
            longest_wait_s: number;
            average_wait_s?: number;
            average_serving_s?: number;
        };
        floor_desk_window: {
            code: string;
            state: "open" | "paused" | "closed";
            serves: string[];
            may_open: boolean;
            since?: string;
            reason?: "rest" | "papers" | "system" | "other";
            by?: {
                login: string;
                zh: string;
                en: string;
            };
        };
        floor_row: {
            ticket: components["schemas"]["floor_ticket"];
            booked?: components["schemas"]["floor_appointment"];
        };
        floor_desk: {
            hall?: components["schemas"]["floor_hall"];
            windows: components["schemas"]["floor_desk_window"][];
            own?: components["schemas"]["floor_desk_window"];
            current?: components["schemas"]["floor_row"];
            queue: components["schemas"]["floor_row"][];
            passed: components["schemas"]["floor_row"][];
            waiting?: number;
            served?: number;
        };
        floor_plan: {
            zh: string;
            en: string;
            address: string;
            address_en: string;
            point?: {
                lat: number;
                lon: number;
            };
            hours: string;
            slot_minutes?: number;
            per_window?: number;
            services: {
                code: string;
                zh: string;
                en: string;
                letter: string;
                units: string[];
            }[];
            windows: {
                code: string;
                serves: {
                    code: string;
                }[];
            }[];
            closed: {
                day: string;
                zh: string;
                en: string;
            }[];
        };
        seat_person: {
            login: string;
            zh: string;
            en: string;
        };
        call: {
            id: string;
            line: string;
            number: string | null;
            state: "waiting" | "ringing" | "talking" | "ended" | "abandoned";
            offered: string;
            ringing?: string;
            answered?: string;
            abandoned?: string;
            ended?: string;
            asked?: string;
            closed?: string;
            seat?: components["schemas"]["seat_person"];
            waiting_s: number;
            answering_s?: number;
            talking_s?: number;
            after_s?: number;
            recorded: boolean;
            language?: string;
            closing?: string;
            rating?: "satisfied" | "fair" | "unsatisfied";
            matters: {
                id: string;
                number: string;
            }[];
        };
        seat_now: {
            seat: components["schemas"]["seat_person"];
            state: "off" | "ready" | "ringing" | "talking" | "after_call" | "busy" | "break";
            unit?: string;
            since?: string;
            seconds?: number;
            call?: string;
            until?: string;
            over?: boolean;
        };
        seat_break: {
            id: string;
            seat: components["schemas"]["seat_person"];
            minutes: number;
            reason: string;
            asked: string;
            state: "asked" | "granted" | "refused" | "taken";
            decided?: string;
            by?: components["schemas"]["seat_person"];
        };
        ring_back: {
            id: string;
            missed: number;
            opened: string;
            attempts: number;
            number: string | null;
            last_missed?: string;
            line?: string;
            by?: components["schemas"]["seat_person"];
            until?: string;
            outcome?: "reached" | "wrong_number" | "not_reached" | "called_again" | "not_needed";
            closed?: string;
        };
        call_counts: {
            offered: number;
            answered: number;
            quick: number;
            abandoned: number;
            connect_rate: string | null;
            quick_rate: string | null;
            closed: number;
            valid: number;
            on_the_spot: number;
            on_the_spot_of_answered: string | null;
            on_the_spot_of_valid: string | null;
            rated: number;
            satisfied: number;
            satisfied_rate: string | null;
            waiting_s: number;
            talking_s: number;
            talked: number;
            after_s: number;
            worked: number;
        };
        call_counts_of: {
            offered: number;
            answered: number;
            quick: number;
            abandoned: number;
            connect_rate: string | null;
            quick_rate: string | null;
            closed: number;
            valid: number;
            on_the_spot: number;
            on_the_spot_of_answered: string | null;
            on_the_spot_of_valid: string | null;
            rated: number;
            satisfied: number;
            satisfied_rate: string | null;
            waiting_s: number;
            talking_s: number;
            talked: number;
            after_s: number;
            worked: number;
            day: string;
            hour?: number;
        };
        call_check: {
            call: string;
            number: string;
            day: string;
            stage: string;
            seat?: components["schemas"]["seat_person"];
            points?: number;
            passed?: boolean;
            objected: boolean;
            changed: boolean;
        };
        calls_marked: {
            drawn: number;
            marked: number;
            passed: number;
            objected: number;
            changed: number;
            left_out: number;
            points: number;
            average: string | null;
            passed_rate: string | null;
        };
        calls_marked_of: {
            drawn: number;
            marked: number;
            passed: number;
            objected: number;
            changed: number;
            left_out: number;
            points: number;
            average: string | null;
            passed_rate: string | null;
            seat?: components["schemas"]["seat_person"];
        };
        call_ratings: {
            answered: number;
            asked: number;
            not_asked: number;
            not_answered: number;
            rated: number;
            satisfied: number;
            fair: number;
            unsatisfied: number;
            satisfied_rate: string | null;
        };
        call_ratings_of: {
            answered: number;
            asked: number;
            not_asked: number;
            not_answered: number;
            rated: number;
            satisfied: number;
            fair: number;
            unsatisfied: number;
            satisfied_rate: string | null;
            seat?: components["schemas"]["seat_person"];
            day?: string;
        };
        duty: {
            id: string;
            kind: "seat" | "unit" | "leader";
            who: string;
            zh?: string;
            en?: string;
            from: string;
            until: string;
            name?: string;
            phone?: string;
            note?: string;
        };
        rulebook_fault: {
            key: string;
            line: number;
            text: {
                zh: string;
                en: string;
            };
            place?: string;
            way?: string[];
            count?: string;
        };
        rulebook_check: {
            hash: string;
            state: "waiting" | "walking" | "done" | "stopped";
            states: number;
            unusual: number;
            clean: boolean;
            moves?: number;
            complete?: boolean;
            seconds?: number;
            faults?: components["schemas"]["rulebook_fault"][];
        };
        brief_section: {
            name: string;
            zh: string;
            en: string;
            rows: {
                name?: string;
                zh: string;
                en: string;
                count?: number;
                count_before?: number;
                rate?: string | null;
                rate_before?: string | null;
                link?: string;
            }[];
        };
        handover: {
            number: string;
            title: string;
            stage: string;
            written: string;
            by: components["schemas"]["names"];
            remarks: string;
            left: {
                what: string;
                count: number;
                numbers?: string[];
            }[];
            signed?: {
                at: string;
                by: components["schemas"]["names"];
                answer?: string;
            };
        };
        journal_stand: {
            root: string;
            events: number;
            last_event: string;
        };
        frozen_month: {
            number: number;
            at: string;
            by?: components["schemas"]["names"];
            journal: components["schemas"]["journal_stand"];
        };
        figure: {
            key: string;
            numerator: number | null;
            denominator: number | null;
            value: string | null;
            excluded?: number;
            small?: true;
        };
        figure_correction: {
            no: number;
            at: string;
            by?: components["schemas"]["names"];
            reason: string;
            journal: components["schemas"]["journal_stand"];
            changed: {
                unit?: components["schemas"]["unit"];
                before: components["schemas"]["figure"];
                after: components["schemas"]["figure"];
            }[];
        };
        unit_class: {
            group: string;
            name: components["schemas"]["names"];
            units: {
                unit: components["schemas"]["unit"];
                figures: components["schemas"]["figure"][];
                score: string | null;
                of: string;
                percent: string | null;
                band: string | null;
                rank: number | null;
                list: string;
            }[];
            apart: components["schemas"]["unit"][];
        };
    };
    parameters: {
        lang: "zh" | "en";
        idempotency_key: string;
        if_match: string;
        csrf: string;
    };
}
export type $defs = Record<string, never>;
export interface operations {
    "session.begin": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    login?: string;
                    password?: string;
                    number?: string;
                    code?: string;
                };
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        role: string;
                        csrf: string;
                        until: string;
                        person?: {
                            login: string;
                            zh: string;
                            en: string;
                        };
                        unit?: components["schemas"]["unit"];
                        matter?: string;
                        token: string;
                    };
                };
            };
        };
    };
    "session.get": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["session"];
                };
            };
        };
    };
    "session.end": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
            };
        };
    };
    "session.password": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    old: string;
                    new: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        token: string;
                        csrf: string;
                    };
                };
            };
        };
    };
    "matter.list": {
        parameters: {
            query?: {
                stage?: string;
                kind?: string;
                class?: string;
                region?: string;
                within?: string;
                channel?: string;
                unit?: string;
                mine?: boolean;
                open?: boolean;
                overdue?: boolean;
                claimed?: "pool" | "me";
                asked?: "return" | "extension" | "contest";
                progress?: "offered" | "signed" | "working" | "replied" | "approved";
                incident?: boolean;
                main?: string;
                card?: "yellow" | "red";
                order?: "filed" | "due";
                limit?: number;
                cursor?: string;
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        matters: components["schemas"]["matter_row"][];
                        next?: string;
                    };
                };
            };
        };
    };
    "matter.open": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "Idempotency-Key"?: components["parameters"]["idempotency_key"];
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    procedure: string;
                    step?: string;
                    form?: Record<string, unknown>;
                    hints?: {
                        token: string;
                    }[];
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["opened"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["opened"];
                };
            };
        };
    };
    "matter.get": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["matter"];
                };
            };
        };
    };
    "matter.step": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "Idempotency-Key"?: components["parameters"]["idempotency_key"];
                "If-Match"?: components["parameters"]["if_match"];
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                id: string;
                step: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    assignment?: string;
                    form?: Record<string, unknown>;
                    hints?: {
                        token: string;
                    }[];
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["outcome"];
                };
            };
        };
    };
    "matter.receipt": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["receipt"];
                };
            };
        };
    };
    "matter.readers": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        readers: {
                            at: string;
                            role: string;
                            what: "detail" | "file" | "print";
                            by?: components["schemas"]["names"];
                            unit?: string;
                        }[];
                    };
                };
            };
        };
    };
    "matter.unmask": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        personal: {
                            [key: string]: string;
                        };
                    };
                };
            };
        };
    };
    "file.upload": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
        };
        requestBody: {
            content: {
                "application/pdf": string;
                "audio/amr": string;
                "audio/amr-wb": string;
                "audio/mp4": string;
                "audio/mpeg": string;
                "audio/wav": string;
                "image/jpeg": string;
                "image/png": string;
                "image/webp": string;
                "video/mp4": string;
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        file: string;
                        type: string;
                        size: number;
                        until: string;
                    };
                };
            };
        };
    };
    "matter.file": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            path: {
                id: string;
                file: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                    "audio/amr": string;
                    "audio/amr-wb": string;
                    "audio/mp4": string;
                    "audio/mpeg": string;
                    "audio/wav": string;
                    "image/jpeg": string;
                    "image/png": string;
                    "image/webp": string;
                    "video/mp4": string;
                };
            };
        };
    };
    "figures.city": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["figures"];
                };
            };
        };
    };
    "matter.slip": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
    "message.list": {
        parameters: {
            query?: {
                day?: string;
                state?: "waiting" | "delivered" | "given_up" | "taken_back";
                to?: "asker" | "unit";
                text?: string;
                kind?: string;
                limit?: number;
                cursor?: string;
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        messages: components["schemas"]["message"][];
                        next?: string;
                    };
                };
            };
        };
    };
    "message.of_matter": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        messages: components["schemas"]["message"][];
                    };
                };
            };
        };
    };
    "message.resend": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        waits_since: string;
                    };
                };
            };
        };
    };
    "message.mine": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        messages: components["schemas"]["own_message"][];
                        unread: number;
                    };
                };
            };
        };
    };
    "message.mine.read": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    ids?: {
                        id: string;
                    }[];
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        unread: number;
                    };
                };
            };
        };
    };
    "command.many": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    commands: {
                        matter?: string;
                        procedure?: string;
                        step: string;
                        assignment?: string;
                        version?: number;
                        key?: string;
                        form?: Record<string, unknown>;
                        hints?: {
                            token: string;
                        }[];
                    }[];
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        answers: ({
                            ok: true;
                            answer: components["schemas"]["opened"];
                        } | {
                            ok: false;
                            problem: components["schemas"]["problem"];
                        })[];
                    };
                };
            };
        };
    };
    "undo.list": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        steps: {
                            matter: components["schemas"]["matter_row"];
                            undoes: string;
                            at: string;
                            until: string;
                        }[];
                    };
                };
            };
        };
    };
    "event.stream": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
        };
    };
    "matter.search": {
        parameters: {
            query: {
                q: string;
                order?: "relevance" | "newest";
                limit?: number;
                cursor?: string;
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        hits: components["schemas"]["hit"][];
                        about: number;
                        more_than_about?: true;
                        complete: boolean;
                        loosely?: true;
                        also?: string[];
                        next?: string;
                    };
                };
            };
        };
    };
    "search.names": {
        parameters: {
            query: {
                q: string;
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        names: {
                            text: string;
                            unit?: components["schemas"]["unit"];
                        }[];
                    };
                };
            };
        };
    };
    health: {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        status: "ok";
                        at: string;
                        lanes: number;
                        waiting: number;
                        index: {
                            complete: boolean;
                            documents: number;
                            lag_events: number;
                            lag_s: number;
                        };
                        clock_behind_s?: number;
                    };
                };
            };
        };
    };
    "heads.get": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        signer: string;
                        kind: "sm2" | "ed25519";
                        public_key: string;
                        checkpoint?: components["schemas"]["checkpoint"];
                    };
                };
            };
        };
    };
    "procedure.list": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        procedures: {
                            name: string;
                            version: number;
                            hash: string;
                        }[];
                    };
                };
            };
        };
    };
    "procedure.get": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            path: {
                name: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        name: string;
                        version: number;
                        hash: string;
                        kinds: string[];
                        stages: {
                            name: string;
                            final: boolean;
                            owner: string;
                        }[];
                        steps: {
                            name: string;
                            opens: boolean;
                            on_assignment: boolean;
                            from: string[];
                            to?: string;
                            undo?: string;
                            by: string[];
                            form: Record<string, unknown>;
                        }[];
                    };
                };
            };
        };
    };
    "unit.list": {
        parameters: {
            query?: {
                parent?: string;
                ended?: boolean;
                group?: string;
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        units: components["schemas"]["unit_in_tree"][];
                    };
                };
            };
        };
    };
    "catalogue.get": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            path: {
                name: "calendar" | "catalogue" | "channels" | "classes" | "divisions" | "floor" | "places";
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
        };
    };
    "due.get": {
        parameters: {
            query: {
                limit: string;
                from?: string;
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        due: string;
                        last_day: string;
                        provisional: boolean;
                    };
                };
            };
        };
    };
    "texts.get": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            path: {
                language: "zh" | "en";
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: string;
                    };
                };
            };
        };
    };
    "hints.intake": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    matter?: string;
                    title?: string;
                    body?: string;
                    place?: string;
                    region?: string;
                    class?: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["intake_hints"];
                };
            };
        };
    };
    "hints.redaction": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    matter?: string;
                    text?: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["redaction"];
                };
            };
        };
    };
    "hints.reply": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    matter?: string;
                    title?: string;
                    body?: string;
                    public_reply?: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["reply_advice"];
                };
            };
        };
    };
    "person.list": {
        parameters: {
            query?: {
                role?: string;
                unit?: string;
                text?: string;
                ended?: boolean;
                after?: string;
                limit?: number;
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        people: components["schemas"]["account_row"][];
                        of: number;
                        next?: string;
                        roles: string[];
                    };
                };
            };
        };
    };
    "person.add": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    login: string;
                    role: string;
                    unit?: string;
                    zh: string;
                    en: string;
                    phone?: string;
                    employer?: string;
                };
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        login: string;
                        role: string;
                        zh: string;
                        en: string;
                        unit?: components["schemas"]["unit"];
                        phone?: string;
                        employer?: string;
                        password?: string;
                    };
                };
            };
        };
    };
    "person.change": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                login: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    role?: string;
                    unit?: string;
                    zh?: string;
                    en?: string;
                    phone?: string;
                    employer?: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["account"];
                };
            };
        };
    };
    "person.end": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                login: string;
            };
        };
        requestBody: {
            content: {
                "application/json": Record<string, unknown>;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["account"];
                };
            };
        };
    };
    "person.password": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                login: string;
            };
        };
        requestBody: {
            content: {
                "application/json": Record<string, unknown>;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        login: string;
                        password: string;
                    };
                };
            };
        };
    };
    "unit.get": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            path: {
                code: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["whole_unit"];
                };
            };
        };
    };
    "unit.try": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    csv: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["reorganisation"];
                };
            };
        };
    };
    "unit.change": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    csv: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["reorganisation"];
                };
            };
        };
    };
    "key.list": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        keys: {
                            id: string;
                            label: string;
                            login: string;
                            zh: string;
                            en: string;
                            since: string;
                            until: string;
                        }[];
                    };
                };
            };
        };
    };
    "key.make": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    login: string;
                    label: string;
                };
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        key: string;
                        label: string;
                    };
                };
            };
        };
    };
    "key.revoke": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                id: string;
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
            };
        };
    };
    "list.try": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                name: "classes" | "catalogue";
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    csv: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: number;
                        added: number;
                        changed: number;
                        removed: number;
                        bad: {
                            line: number;
                            key: string;
                            column: string;
                            text: components["schemas"]["names"];
                        }[];
                    };
                };
            };
        };
    };
    "list.change": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                name: "classes" | "catalogue";
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    csv: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: number;
                        added: number;
                        changed: number;
                        removed: number;
                    };
                };
            };
        };
    };
    "calendar.try": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    csv: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        listed: number;
                        added: number;
                        changed: number;
                        bad: {
                            line: number;
                            key: string;
                            column: string;
                            text: components["schemas"]["names"];
                        }[];
                    };
                };
            };
        };
    };
    "calendar.import": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    csv: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        listed: number;
                        added: number;
                        changed: number;
                    };
                };
            };
        };
    };
    "calendar.dating": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        stage: "none" | "running" | "done" | "failed";
                        done: number;
                        of: number;
                        began?: string;
                        ended?: string;
                        by?: {
                            zh: string;
                            en: string;
                        };
                        dated_again: number;
                    };
                };
            };
        };
    };
    "journal.get": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        events: number;
                        signer: string;
                        checkpoints: components["schemas"]["checkpoint"][];
                        lanes: {
                            events: number;
                            hash: string;
                        }[];
                    };
                };
            };
        };
    };
    "journal.matter": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        number: string;
                        lane: number;
                        events: {
                            no: number;
                            event: string;
                            step: string;
                            at: string;
                            recorded: string;
                            hash: string;
                            fits: boolean;
                        }[];
                        readers: {
                            at: string;
                            role: string;
                            what: string;
                            by?: components["schemas"]["names"];
                            unit?: components["schemas"]["unit"];
                        }[];
                        checkpoint?: components["schemas"]["checkpoint"];
                    };
                };
            };
        };
    };
    "journal.verification": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        stage: "none" | "running" | "done" | "failed";
                        done: number;
                        of: number;
                        began?: string;
                        ended?: string;
                        by?: {
                            zh: string;
                            en: string;
                        };
                        report?: {
                            ok: boolean;
                            events: number;
                            matters: number;
                            checkpoints: number;
                            faults: number;
                            findings: {
                                key: string;
                                text: {
                                    zh: string;
                                    en: string;
                                };
                                event?: string;
                                number?: string;
                            }[];
                        };
                    };
                };
            };
        };
    };
    "journal.verify": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
        };
        requestBody: {
            content: {
                "application/json": Record<string, unknown>;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ok: true;
                    };
                };
            };
        };
    };
    "act.list": {
        parameters: {
            query?: {
                before?: number;
                limit?: number;
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        acts: {
                            id: number;
                            at: string;
                            role: string;
                            act: string;
                            subject: string;
                            detail: Record<string, unknown>;
                            hash: string;
                            by?: components["schemas"]["names"];
                        }[];
                        first_altered: number;
                        next?: number;
                    };
                };
            };
        };
    };
    "knowledge.search": {
        parameters: {
            query: {
                q: string;
                area?: string;
                date?: string;
                expired?: boolean;
                limit?: number;
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        area: string;
                        date: string;
                        good: boolean;
                        answers: components["schemas"]["knowledge_answer"][];
                    };
                };
            };
        };
    };
    "knowledge.entry": {
        parameters: {
            query?: {
                version?: number;
                lang?: components["parameters"]["lang"];
            };
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        version: number;
                        expired: boolean;
                        area: string;
                        from?: string;
                        until?: string;
                        entry: string;
                        title: string;
                        body: string;
                        en?: string;
                        basis?: string;
                        class?: string;
                        unit?: string;
                        unit_name?: string;
                        variants: string[];
                        articles: {
                            law: string;
                            title: string;
                            article: string;
                        }[];
                        others: {
                            version: number;
                            expired: boolean;
                            area: string;
                            from?: string;
                            until?: string;
                        }[];
                        staff_only?: boolean;
                        taken_down?: boolean;
                        matter?: string;
                        opinion?: components["schemas"]["opinion"];
                    };
                };
            };
        };
    };
    "knowledge.law": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            path: {
                law: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        law: string;
                        title: string;
                        kind: "law" | "regulation" | "rule" | "local";
                        sure: boolean;
                        in_force: boolean;
                        area: string;
                        from?: string;
                        until?: string;
                        made?: string;
                        note?: string;
                        superseded_by?: string;
                        articles: {
                            article: string;
                            chapter: string;
                            text: string;
                        }[];
                    };
                };
            };
        };
    };
    "knowledge.article": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            path: {
                law: string;
                article: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        article: string;
                        chapter: string;
                        text: string;
                        of: {
                            law: string;
                            title: string;
                            kind: "law" | "regulation" | "rule" | "local";
                            sure: boolean;
                            in_force: boolean;
                            area: string;
                            from?: string;
                            until?: string;
                            made?: string;
                            note?: string;
                            superseded_by?: string;
                        };
                        entries: {
                            entry: string;
                            version: number;
                            title: string;
                        }[];
                    };
                };
            };
        };
    };
    "knowledge.entries": {
        parameters: {
            query?: {
                state?: "coming" | "in_force" | "ending" | "over" | "taken_down";
                over?: boolean;
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        entries: components["schemas"]["entry_row"][];
                    };
                };
            };
        };
    };
    "knowledge.mark": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    version: number;
                    helpful: boolean;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ok: true;
                    };
                };
            };
        };
    };
    "knowledge.correct": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    version: number;
                    text: string;
                };
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["outcome"];
                };
            };
        };
    };
    "topic.list": {
        parameters: {
            query?: {
                window?: number;
                region?: string;
                order?: "heat" | "last";
                limit?: number;
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        topics: components["schemas"]["topic"][];
                    };
                };
            };
        };
    };
    "topic.get": {
        parameters: {
            query?: {
                limit?: number;
                after?: number;
                lang?: components["parameters"]["lang"];
            };
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        topic: components["schemas"]["topic"];
                        days: {
                            day: string;
                            matters: number;
                        }[];
                        acts: {
                            what: "rename" | "merge" | "take_out" | "undo";
                            at: string;
                            undone: boolean;
                            by?: components["schemas"]["names"];
                        }[];
                        matters: components["schemas"]["matter_row"][];
                        next?: string;
                    };
                };
            };
        };
    };
    "topic.rename": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    title?: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ok: true;
                    };
                };
            };
        };
    };
    "topic.merge": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    into: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ok: true;
                    };
                };
            };
        };
    };
    "topic.take_out": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    matter: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ok: true;
                    };
                };
            };
        };
    };
    "topic.undo": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": Record<string, unknown>;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ok: true;
                    };
                };
            };
        };
    };
    "topic.follow": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": Record<string, unknown>;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ok: true;
                    };
                };
            };
        };
    };
    "topic.unfollow": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": Record<string, unknown>;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ok: true;
                    };
                };
            };
        };
    };
    "topic.words": {
        parameters: {
            query?: {
                window?: number;
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        words: {
                            word: string;
                            now: number;
                            before: number;
                            growth: number;
                        }[];
                    };
                };
            };
        };
    };
    "topic.barometer": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        day: string;
                        districts: {
                            region: string;
                            weather: "clear" | "cloudy" | "overcast" | "rain";
                            today: number | null;
                            week: number | null;
                            complaints: number | null;
                            hot: number;
                            change: number | null;
                            satisfaction: number | null;
                        }[];
                    };
                };
            };
        };
    };
    "topic.warnings": {
        parameters: {
            query?: {
                days?: number;
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        warnings: {
                            at: string;
                            day: string;
                            kind: "topic" | "class";
                            matters: number;
                            expected: number;
                            topic?: string;
                            title?: string;
                            class?: string;
                            region?: string;
                        }[];
                    };
                };
            };
        };
    };
    "hints.alike": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    title?: string;
                    body?: string;
                    place?: string;
                    class?: string;
                    but?: string;
                    limit?: number;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        matters: {
                            matter?: components["schemas"]["matter_row"];
                            public?: components["schemas"]["PublicMatter"];
                            likeness: {
                                score: number;
                                same_place: boolean;
                                same_subject: boolean;
                                same_days: boolean;
                                why: {
                                    key: string;
                                    data: Record<string, unknown>;
                                }[];
                            };
                        }[];
                    };
                };
            };
        };
    };
    "hall.items": {
        parameters: {
            query?: {
                q?: string;
                region?: string;
                within?: boolean;
                unit?: string;
                class?: string;
                scene?: string;
                audience?: "person" | "company";
                level?: "province" | "city" | "county" | "town" | "village";
                type?: "XK" | "XF" | "XZ" | "XS" | "XG" | "XC" | "QR" | "JL" | "CJ" | "GF" | "QT";
                trips?: "none" | "one" | "more";
                star?: number;
                limit?: number;
                cursor?: string;
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["hall_row"][];
                        count: number;
                        next?: string;
                    };
                };
            };
        };
    };
    "hall.facets": {
        parameters: {
            query?: {
                q?: string;
                region?: string;
                within?: boolean;
                unit?: string;
                class?: string;
                scene?: string;
                audience?: "person" | "company";
                level?: "province" | "city" | "county" | "town" | "village";
                type?: "XK" | "XF" | "XZ" | "XS" | "XG" | "XC" | "QR" | "JL" | "CJ" | "GF" | "QT";
                trips?: "none" | "one" | "more";
                star?: number;
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        count: number;
                        units: {
                            unit: components["schemas"]["hall_named"];
                            n: number;
                        }[];
                        classes: {
                            code: string;
                            zh: string;
                            en?: string;
                            n: number;
                        }[];
                        scenes: {
                            code: string;
                            zh: string;
                            en?: string;
                            n: number;
                        }[];
                        trips: {
                            code: "none" | "one" | "more";
                            n: number;
                        }[];
                        levels: {
                            code: "province" | "city" | "county" | "town" | "village";
                            n: number;
                        }[];
                        types: {
                            code: "XK" | "XF" | "XZ" | "XS" | "XG" | "XC" | "QR" | "JL" | "CJ" | "GF" | "QT";
                            n: number;
                        }[];
                        audiences: {
                            code: "person" | "company";
                            n: number;
                        }[];
                        regions: {
                            code: string;
                            zh: string;
                            n: number;
                        }[];
                    };
                };
            };
        };
    };
    "hall.item": {
        parameters: {
            query?: {
                version?: number;
                lang?: components["parameters"]["lang"];
            };
            path: {
                code: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["hall_item"];
                };
            };
        };
    };
    "hall.item.qr": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            path: {
                code: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": string;
                };
            };
        };
    };
    "hall.classes": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        scenes: {
                            code: string;
                            zh: string;
                            en: string;
                            n: number;
                            icon: string;
                        }[];
                        classes: {
                            code: string;
                            zh: string;
                            en: string;
                            n: number;
                            scene: string;
                        }[];
                    };
                };
            };
        };
    };
    "hall.counter": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: number;
                        none: number;
                        one: number;
                        more: number;
                        online: number;
                        share_online_bp: number;
                        changes: {
                            cancelled: number;
                            delegated: number;
                            merged: number;
                            struck: number;
                        };
                    };
                };
            };
        };
    };
    "hall.changes": {
        parameters: {
            query?: {
                cursor?: string;
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        changes: {
                            kind: "cancelled" | "delegated" | "merged" | "struck";
                            item?: string;
                            name: string;
                            basis: string;
                            day: string;
                            zh: string;
                            en: string;
                        }[];
                        next?: string;
                    };
                };
            };
        };
    };
    "hall.rules": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rules: {
                            key: string;
                            zh: string;
                            en: string;
                            source: components["schemas"]["names"];
                        }[];
                    };
                };
            };
        };
    };
    "hall.open_data.csv": {
        parameters: {
            query?: {
                region?: string;
                after?: string;
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
        };
    };
    "hall.open_data.jsonl": {
        parameters: {
            query?: {
                region?: string;
                after?: string;
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/jsonl": string;
                };
            };
        };
    };
    "hall.editor.items": {
        parameters: {
            query?: {
                unit?: string;
                q?: string;
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            code: string;
                            name: string;
                            situation: string;
                            situation_name?: string;
                            version: number;
                            state: "published" | "cancelled" | "delegated" | "merged" | "revising";
                            since: string;
                            revising_since?: string;
                            trips: "none" | "one" | "more";
                            revision?: string;
                        }[];
                    };
                };
            };
        };
    };
    "hall.editor.revisions": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        revisions: {
                            id: string;
                            number: string;
                            kind: "new" | "revise" | "cancelled" | "delegated" | "merged" | "struck";
                            stage: "item_drafting" | "item_endorsing" | "item_publishing" | "item_published" | "item_given_up";
                            unit: components["schemas"]["unit"];
                            name: string;
                            item?: string;
                            base?: number;
                            withdraws: boolean;
                            draft: number;
                            saved_at: string;
                            saved_by: components["schemas"]["names"];
                            begun: string;
                        }[];
                    };
                };
            };
        };
    };
    "hall.editor.begin": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    kind: "new" | "revise" | "cancelled" | "delegated" | "merged" | "struck";
                    item?: string;
                    name?: string;
                    withdraw?: boolean;
                };
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["outcome"];
                };
            };
        };
    };
    "hall.editor.revision": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["hall_revision"];
                };
            };
        };
    };
    "hall.editor.history": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            path: {
                code: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        versions: {
                            version: number;
                            from: string;
                            until?: string;
                        }[];
                        revisions: {
                            id: string;
                            number: string;
                            kind: "new" | "revise" | "cancelled" | "delegated" | "merged" | "struck";
                            stage: "item_drafting" | "item_endorsing" | "item_publishing" | "item_published" | "item_given_up";
                            unit: components["schemas"]["unit"];
                            name: string;
                            item?: string;
                            base?: number;
                            withdraws: boolean;
                            draft: number;
                            saved_at: string;
                            saved_by: components["schemas"]["names"];
                            begun: string;
                            published?: number;
                            steps: components["schemas"]["hall_revision_step"][];
                        }[];
                    };
                };
            };
        };
    };
    "hall.editor.differences": {
        parameters: {
            query: {
                from: number;
                to: number;
                lang?: components["parameters"]["lang"];
            };
            path: {
                code: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        changes: components["schemas"]["hall_difference"][];
                    };
                };
            };
        };
    };
    "hall.editor.news": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        unread: number;
                        news: {
                            event: string;
                            id: string;
                            name: string;
                            what: "returned" | "sent_back" | "published" | "withdrawn" | "given_up";
                            at: string;
                            by?: components["schemas"]["names"];
                            said?: string;
                            unread: boolean;
                        }[];
                    };
                };
            };
        };
    };
    "hall.editor.seen": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    through: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        through: string;
                    };
                };
            };
        };
    };
    "hall.editor.save": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    draft: number;
                    body: Record<string, unknown>;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        faults: {
                            key: string;
                            field: string;
                            zh: string;
                            en: string;
                        }[];
                        trips?: "none" | "one" | "more";
                        trips_why?: components["schemas"]["names"];
                        changes: components["schemas"]["hall_difference"][];
                        draft: number;
                        saved_at: string;
                    };
                };
            };
        };
    };
    "hall.editor.step": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    step: "hand_in" | "endorse" | "publish" | "send_back" | "give_up";
                    draft?: number;
                    reason?: string;
                    note?: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["outcome"];
                };
            };
        };
    };
    "hall.editor.file": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    file: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["outcome"];
                };
            };
        };
    };
    "hall.file": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            path: {
                file: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                    "audio/amr": string;
                    "audio/amr-wb": string;
                    "audio/mp4": string;
                    "audio/mpeg": string;
                    "audio/wav": string;
                    "image/jpeg": string;
                    "image/png": string;
                    "image/webp": string;
                    "video/mp4": string;
                };
            };
        };
    };
    "hall.form": {
        parameters: {
            query?: {
                applicant?: "person" | "company";
                lang?: components["parameters"]["lang"];
            };
            path: {
                code: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["hall_form"];
                };
            };
        };
    };
    "hall.drafts": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        drafts: components["schemas"]["hall_form_draft"][];
                    };
                };
            };
        };
    };
    "hall.draft.save": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                code: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    version: number;
                    typed: Record<string, unknown>;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        saved_at: string;
                        tag: string;
                    };
                };
            };
        };
    };
    "hall.draft.drop": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                code: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ok: true;
                    };
                };
            };
        };
    };
    "hall.apply": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "Idempotency-Key"?: components["parameters"]["idempotency_key"];
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    item: string;
                    version: number;
                    applicant: "person" | "company";
                    form: Record<string, unknown>;
                    materials?: {
                        code: string;
                        how: "upload" | "paper" | "licence" | "follow";
                        files?: string[];
                    }[];
                    delivery?: "pickup" | "courier" | "electronic";
                    committed?: boolean;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["hall_opened"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["hall_opened"];
                };
            };
        };
    };
    "hall.payment": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["hall_payment"];
                };
            };
        };
    };
    "hall.pay": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": Record<string, unknown>;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["hall_payment"];
                };
            };
        };
    };
    "hall.refund": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["opened"];
                };
            };
        };
    };
    "hall.rate": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    stars: number;
                    reasons?: {
                        code: string;
                    }[];
                    words?: string;
                    anonymous?: boolean;
                };
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        stars: number;
                    };
                };
            };
        };
    };
    "hall.figures": {
        parameters: {
            query?: {
                from?: string;
                to?: string;
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        from: string;
                        to: string;
                        figures: {
                            [key: string]: number;
                        };
                    };
                };
            };
        };
    };
    "hall.licence": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        number: string;
                        name: string;
                        holder: string;
                        item: string;
                        title: string;
                        unit: {
                            zh: string;
                            en: string;
                        };
                        decided: string;
                        valid: boolean;
                        until?: string;
                        check: string;
                        checked_at: string;
                    };
                };
            };
        };
    };
    "hall.licence.pdf": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
        };
    };
    "hall.licences": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        licences: components["schemas"]["hall_licence"][];
                    };
                };
            };
        };
    };
    "hall.licence.check": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            path: {
                id: string;
                check: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        number: string;
                        name: string;
                        holder: string;
                        item: string;
                        title: string;
                        unit: {
                            zh: string;
                            en: string;
                        };
                        decided: string;
                        valid: boolean;
                        until?: string;
                    };
                };
            };
        };
    };
    "hall.today": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        day: string;
                        at: string;
                        received: {
                            all: number;
                            web: number;
                            counter: number;
                        };
                        accepted: {
                            all: number;
                            web: number;
                            counter: number;
                        };
                        decided: {
                            all: number;
                            web: number;
                            counter: number;
                        };
                        delivered: {
                            all: number;
                            web: number;
                            counter: number;
                        };
                        in_time: {
                            instant: number;
                            early: number;
                            on_time: number;
                            late: number;
                        };
                        saved: number;
                        stages: {
                            [key: string]: number;
                        };
                        units: {
                            unit: components["schemas"]["unit"];
                            open: number;
                            near: number;
                            overdue: number;
                        }[];
                        ratings: {
                            stars: number;
                            n: number;
                        }[];
                        bad_open: {
                            [key: string]: number;
                        };
                    };
                };
            };
        };
    };
    "hall.today.cases": {
        parameters: {
            query: {
                what: "received" | "accepted" | "decided" | "delivered" | "instant" | "early" | "on_time" | "late" | "saved" | "open" | "near" | "overdue" | "rated_2" | "rated_1";
                way?: "web" | "counter";
                stage?: string;
                unit?: string;
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        total: number;
                        cases: {
                            case: components["schemas"]["matter_row"];
                            name: string;
                            opens: boolean;
                        }[];
                    };
                };
            };
        };
    };
    "hall.today.stream": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
        };
    };
    "hall.elsewhere": {
        parameters: {
            query?: {
                side?: "out" | "in";
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        cases: {
                            case: components["schemas"]["matter_row"];
                            taken_at?: components["schemas"]["unit"];
                            track: {
                                step: string;
                                at: string;
                                what?: string;
                                how?: string;
                                waybill?: string;
                                found?: string;
                                lack?: string;
                            }[];
                            offered: string[];
                        }[];
                    };
                };
            };
        };
    };
    "hall.favourites": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        favourites: components["schemas"]["hall_favourite"][];
                    };
                };
            };
        };
    };
    "hall.favourite.keep": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                code: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        kept: true;
                    };
                };
            };
        };
    };
    "hall.favourite.drop": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                code: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        kept: false;
                    };
                };
            };
        };
    };
    "hall.places": {
        parameters: {
            query?: {
                region?: string;
                item?: string;
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        at: string;
                        places: components["schemas"]["hall_place"][];
                    };
                };
            };
        };
    };
    "hall.companies": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        companies: components["schemas"]["hall_company"][];
                    };
                };
            };
        };
    };
    "hall.company.open": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    code: string;
                    name: string;
                    legal: string;
                    person_name: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        code: string;
                        name: string;
                    };
                };
            };
        };
    };
    "hall.mandates": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            path: {
                company: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        code: string;
                        name: string;
                        mandates: components["schemas"]["hall_mandate"][];
                        uses: {
                            at: string;
                            person: {
                                zh: string;
                                en: string;
                            };
                            what: string;
                        }[];
                    };
                };
            };
        };
    };
    "hall.mandate.give": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                company: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    login: string;
                    person_name: string;
                    scope: "see" | "act";
                    until: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["hall_mandate"];
                };
            };
        };
    };
    "hall.mandate.end": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["hall_mandate"];
                };
            };
        };
    };
    "floor.halls": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        halls: components["schemas"]["floor_hall"][];
                        days_ahead: number;
                        early_minutes: number;
                        late_minutes: number;
                    };
                };
            };
        };
    };
    "floor.days": {
        parameters: {
            query: {
                service: string;
                lang?: components["parameters"]["lang"];
            };
            path: {
                hall: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        hall: string;
                        service: string;
                        days: components["schemas"]["floor_day"][];
                    };
                };
            };
        };
    };
    "floor.slots": {
        parameters: {
            query: {
                service: string;
                day: string;
                lang?: components["parameters"]["lang"];
            };
            path: {
                hall: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        hall: string;
                        service: string;
                        day: string;
                        slots: components["schemas"]["floor_slot"][];
                    };
                };
            };
        };
    };
    "floor.day_appointments": {
        parameters: {
            query?: {
                day?: string;
                lang?: components["parameters"]["lang"];
            };
            path: {
                hall: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        hall: string;
                        day: string;
                        appointments: components["schemas"]["floor_appointment"][];
                    };
                };
            };
        };
    };
    "floor.book": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "Idempotency-Key"?: components["parameters"]["idempotency_key"];
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                hall: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    service: string;
                    at: string;
                    name?: string;
                    phone?: string;
                    item?: string;
                    case?: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        appointment: components["schemas"]["floor_appointment"];
                    };
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        appointment: components["schemas"]["floor_appointment"];
                    };
                };
            };
        };
    };
    "floor.appointments": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        appointments: components["schemas"]["floor_appointment"][];
                        no_shows: number;
                    };
                };
            };
        };
    };
    "floor.appointment": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            path: {
                number: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        appointment: components["schemas"]["floor_appointment"];
                    };
                };
            };
        };
    };
    "floor.cancel": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                number: string;
            };
        };
        requestBody: {
            content: {
                "application/json": Record<string, unknown>;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        appointment: components["schemas"]["floor_appointment"];
                    };
                };
            };
        };
    };
    "floor.take": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "Idempotency-Key"?: components["parameters"]["idempotency_key"];
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                hall: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    service?: string;
                    appointment?: string;
                    ground?: "elderly" | "with_child" | "ill" | "disabled" | "pregnant" | "military";
                    phone?: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ticket: components["schemas"]["floor_ticket"];
                        key: string;
                    };
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ticket: components["schemas"]["floor_ticket"];
                        key: string;
                    };
                };
            };
        };
    };
    "floor.ticket": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            path: {
                key: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ticket: components["schemas"]["floor_ticket"];
                    };
                };
            };
        };
    };
    "floor.leave": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                key: string;
            };
        };
        requestBody: {
            content: {
                "application/json": Record<string, unknown>;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ticket: components["schemas"]["floor_ticket"];
                    };
                };
            };
        };
    };
    "floor.come_back": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                key: string;
            };
        };
        requestBody: {
            content: {
                "application/json": Record<string, unknown>;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ticket: components["schemas"]["floor_ticket"];
                    };
                };
            };
        };
    };
    "floor.screen": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            path: {
                hall: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        hall: string;
                        zh: string;
                        en: string;
                        at: string;
                        gives_numbers: boolean;
                        windows: components["schemas"]["floor_window"][];
                        calls: {
                            number: string;
                            window: string;
                            at: string;
                            calls: number;
                            voice: components["schemas"]["names"];
                        }[];
                        waiting: components["schemas"]["floor_waiting"][];
                        passed: string[];
                    };
                };
            };
        };
    };
    "floor.stream": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            path: {
                hall: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
        };
    };
    "floor.figures": {
        parameters: {
            query?: {
                day?: string;
                lang?: components["parameters"]["lang"];
            };
            path: {
                hall: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        hall: string;
                        day: string;
                        all: components["schemas"]["floor_tally"];
                        by_service: {
                            [key: string]: components["schemas"]["floor_tally"];
                        };
                        by_window: {
                            [key: string]: components["schemas"]["floor_tally"];
                        };
                        appointments: {
                            booked: number;
                            came: number;
                            no_show: number;
                            cancelled: number;
                        };
                    };
                };
            };
        };
    };
    "floor.desk": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["floor_desk"];
                };
            };
        };
    };
    "floor.open": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                hall: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    window: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["floor_desk"];
                };
            };
        };
    };
    "floor.pause": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: "rest" | "papers" | "system" | "other";
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["floor_desk"];
                };
            };
        };
    };
    "floor.resume": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
        };
        requestBody: {
            content: {
                "application/json": Record<string, unknown>;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["floor_desk"];
                };
            };
        };
    };
    "floor.close": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
        };
        requestBody: {
            content: {
                "application/json": Record<string, unknown>;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["floor_desk"];
                };
            };
        };
    };
    "floor.close_for": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                hall: string;
                window: string;
            };
        };
        requestBody: {
            content: {
                "application/json": Record<string, unknown>;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["floor_desk"];
                };
            };
        };
    };
    "floor.next": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    at?: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["floor_desk"];
                };
            };
        };
    };
    "floor.again": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
        };
        requestBody: {
            content: {
                "application/json": Record<string, unknown>;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["floor_desk"];
                };
            };
        };
    };
    "floor.pass": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
        };
        requestBody: {
            content: {
                "application/json": Record<string, unknown>;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["floor_desk"];
                };
            };
        };
    };
    "floor.finish": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
        };
        requestBody: {
            content: {
                "application/json": Record<string, unknown>;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["floor_desk"];
                };
            };
        };
    };
    "floor.transfer": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    service?: string;
                    window?: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["floor_desk"];
                };
            };
        };
    };
    "floor.let_back": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": Record<string, unknown>;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["floor_desk"];
                };
            };
        };
    };
    "floor.priority": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    ground?: "elderly" | "with_child" | "ill" | "disabled" | "pregnant" | "military";
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["floor_desk"];
                };
            };
        };
    };
    "floor.unmask": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        name: string;
                        phone: string;
                    };
                };
            };
        };
    };
    "floor.plan": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            path: {
                hall: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        hall: string;
                        unit: string;
                        version: string;
                        plan: components["schemas"]["floor_plan"];
                        usual: {
                            hours: string;
                            slot_minutes: number;
                            per_window: number;
                        };
                    };
                };
            };
        };
    };
    "floor.plan_change": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                hall: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    plan: {
                        zh: string;
                        en: string;
                        address?: string;
                        address_en?: string;
                        point?: {
                            lat: number;
                            lon: number;
                        };
                        hours?: string;
                        slot_minutes?: number;
                        per_window?: number;
                        services?: {
                            code: string;
                            zh: string;
                            en: string;
                            letter: string;
                            units?: string[];
                        }[];
                        windows?: {
                            code: string;
                            serves?: {
                                code: string;
                            }[];
                        }[];
                        closed?: {
                            day: string;
                            zh: string;
                            en?: string;
                        }[];
                    };
                    version: string;
                    bookings?: "keep" | "cancel";
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        hall: string;
                        unit: string;
                        version: string;
                        plan: components["schemas"]["floor_plan"];
                        usual: {
                            hours: string;
                            slot_minutes: number;
                            per_window: number;
                        };
                        cancelled: number;
                    };
                };
            };
        };
    };
    "floor.plan_check": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                hall: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    plan: {
                        zh: string;
                        en: string;
                        address?: string;
                        address_en?: string;
                        point?: {
                            lat: number;
                            lon: number;
                        };
                        hours?: string;
                        slot_minutes?: number;
                        per_window?: number;
                        services?: {
                            code: string;
                            zh: string;
                            en: string;
                            letter: string;
                            units?: string[];
                        }[];
                        windows?: {
                            code: string;
                            serves?: {
                                code: string;
                            }[];
                        }[];
                        closed?: {
                            day: string;
                            zh: string;
                            en?: string;
                        }[];
                    };
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        faults: {
                            zh: string;
                            en: string;
                            key: string;
                            field: string;
                        }[];
                        broken: {
                            why: "service" | "closed" | "hours" | "places";
                            appointment: components["schemas"]["floor_appointment"];
                        }[];
                    };
                };
            };
        };
    };
    "call.report": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    call: string;
                    what: "offered" | "ringing" | "answered" | "ended" | "abandoned" | "rated" | "asked";
                    at: string;
                    seat?: string;
                    number?: string;
                    line?: string;
                    language?: string;
                    recording?: string;
                    rating?: "satisfied" | "fair" | "unsatisfied";
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        call: string;
                        repeated: boolean;
                        limited?: {
                            handling: "recorded" | "shortened";
                            until: string;
                            calls_today: number;
                            calls_a_day: number;
                            pass: {
                                key: string;
                                words: string[];
                            };
                        };
                    };
                };
            };
        };
    };
    "practice_call.ring": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
        };
        requestBody: {
            content: {
                "application/json": Record<string, unknown>;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        call: string;
                    };
                };
            };
        };
    };
    "practice_call.answer": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": Record<string, unknown>;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        call: string;
                    };
                };
            };
        };
    };
    "practice_call.hang_up": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": Record<string, unknown>;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        call: string;
                    };
                };
            };
        };
    };
    "call.list": {
        parameters: {
            query?: {
                day?: string;
                seat?: string;
                closing?: string;
                missed?: boolean;
                matter?: string;
                limit?: number;
                after?: number;
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        calls: components["schemas"]["call"][];
                        next?: string;
                    };
                };
            };
        };
    };
    "call.lists": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        closings: {
                            code: string;
                            zh: string;
                            en: string;
                            matter: "none" | "may" | "needed";
                            valid: boolean;
                            on_the_spot: boolean;
                        }[];
                        languages: {
                            code: string;
                            zh: string;
                            en: string;
                        }[];
                        lines: {
                            code: string;
                            zh: string;
                            en: string;
                            way: "own" | "whole" | "parallel" | "branch";
                            invented: boolean;
                        }[];
                    };
                };
            };
        };
    };
    "call.get": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        call: components["schemas"]["call"];
                        acts: {
                            what: "attach" | "detach" | "close" | "mark" | "unmask";
                            at: string;
                            by?: components["schemas"]["seat_person"];
                            matter?: string;
                            before?: string;
                            note?: string;
                        }[];
                        matters: components["schemas"]["matter_row"][];
                    };
                };
            };
        };
    };
    "call.caller": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        number: string | null;
                        limit?: {
                            number: string;
                            running: boolean;
                            harassment: string;
                            calls_today: number;
                            applies: boolean;
                            until?: string;
                            handling?: "recorded" | "shortened";
                            calls_a_day?: number;
                        };
                        calls: components["schemas"]["call"][];
                        matters: components["schemas"]["matter_row"][];
                    };
                };
            };
        };
    };
    "call.attach": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    matter: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        call: components["schemas"]["call"];
                    };
                };
            };
        };
    };
    "call.detach": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    matter: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        call: components["schemas"]["call"];
                    };
                };
            };
        };
    };
    "call.close": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    closing: string;
                    note?: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        call: components["schemas"]["call"];
                    };
                };
            };
        };
    };
    "call.mark": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    language: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        call: components["schemas"]["call"];
                    };
                };
            };
        };
    };
    "call.unmask": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    reason?: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        number: string;
                    };
                };
            };
        };
    };
    "seat.list": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        seats: {
                            seat: components["schemas"]["seat_person"];
                            state: "off" | "ready" | "ringing" | "talking" | "after_call" | "busy" | "break";
                            unit?: string;
                            since?: string;
                            seconds?: number;
                            call?: string;
                            until?: string;
                            over?: boolean;
                            on_duty: boolean;
                        }[];
                        states: {
                            [key: string]: number;
                        };
                        waiting: number;
                    };
                };
            };
        };
    };
    "seat.mine": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        now: components["schemas"]["seat_now"];
                        call?: components["schemas"]["call"];
                        to_close: string[];
                        break?: components["schemas"]["seat_break"];
                    };
                };
            };
        };
    };
    "seat.state": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                login: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    state: "ready" | "busy" | "break" | "off";
                    note?: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        now: components["schemas"]["seat_now"];
                    };
                };
            };
        };
    };
    "seat.spans": {
        parameters: {
            query?: {
                day?: string;
                lang?: components["parameters"]["lang"];
            };
            path: {
                login: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        seat: components["schemas"]["seat_person"];
                        day: string;
                        spans: {
                            state: string;
                            began: string;
                            ended?: string;
                            seconds: number;
                            call?: string;
                            by?: components["schemas"]["seat_person"];
                            note?: string;
                        }[];
                        seconds: {
                            [key: string]: number;
                        };
                    };
                };
            };
        };
    };
    "seat.breaks": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        breaks: components["schemas"]["seat_break"][];
                    };
                };
            };
        };
    };
    "seat.ask_break": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    minutes: number;
                    reason: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        break: components["schemas"]["seat_break"];
                    };
                };
            };
        };
    };
    "seat.grant_break": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": Record<string, unknown>;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        break: components["schemas"]["seat_break"];
                    };
                };
            };
        };
    };
    "seat.refuse_break": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": Record<string, unknown>;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        break: components["schemas"]["seat_break"];
                    };
                };
            };
        };
    };
    "ring_back.list": {
        parameters: {
            query?: {
                open?: boolean;
                mine?: boolean;
                limit?: number;
                after?: number;
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ring_backs: components["schemas"]["ring_back"][];
                        hours: string;
                        may_now: boolean;
                        next?: string;
                    };
                };
            };
        };
    };
    "ring_back.get": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ring_back: components["schemas"]["ring_back"];
                        acts: {
                            what: "claim" | "release" | "unmask" | "attempt" | "close";
                            at: string;
                            by?: components["schemas"]["seat_person"];
                            outcome?: string;
                            note?: string;
                        }[];
                    };
                };
            };
        };
    };
    "ring_back.claim": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": Record<string, unknown>;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ring_back: components["schemas"]["ring_back"];
                    };
                };
            };
        };
    };
    "ring_back.release": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": Record<string, unknown>;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ring_back: components["schemas"]["ring_back"];
                    };
                };
            };
        };
    };
    "ring_back.attempt": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    outcome: "reached" | "no_answer" | "busy" | "wrong_number";
                    note?: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ring_back: components["schemas"]["ring_back"];
                    };
                };
            };
        };
    };
    "ring_back.close": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    outcome: "not_reached" | "not_needed";
                    note?: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ring_back: components["schemas"]["ring_back"];
                    };
                };
            };
        };
    };
    "ring_back.unmask": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": Record<string, unknown>;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        number: string;
                    };
                };
            };
        };
    };
    "call.figures": {
        parameters: {
            query?: {
                from?: string;
                to?: string;
                by?: "day" | "hour";
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        from: string;
                        to: string;
                        quick_s: number;
                        total: components["schemas"]["call_counts"];
                        rows: components["schemas"]["call_counts_of"][];
                        closings: {
                            [key: string]: number;
                        };
                        lines: {
                            [key: string]: number;
                        };
                        languages: {
                            [key: string]: number;
                        };
                        ratings: {
                            [key: string]: number;
                        };
                    };
                };
            };
        };
    };
    "call_check.list": {
        parameters: {
            query?: {
                from?: string;
                to?: string;
                seat?: string;
                stage?: string;
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        checks: components["schemas"]["call_check"][];
                    };
                };
            };
        };
    };
    "call_check.draw": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    day: string;
                    calls?: number;
                    percent?: number;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        drawn: number;
                        already: number;
                    };
                };
            };
        };
    };
    "call_check.card": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        pass: number;
                        total: number;
                        items: {
                            code: string;
                            zh: string;
                            en: string;
                            points: number;
                            floor: number;
                        }[];
                    };
                };
            };
        };
    };
    "call_check.figures": {
        parameters: {
            query?: {
                from?: string;
                to?: string;
                seat?: string;
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        from: string;
                        to: string;
                        total: components["schemas"]["calls_marked"];
                        seats: components["schemas"]["calls_marked_of"][];
                    };
                };
            };
        };
    };
    "call_check.get": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            path: {
                call: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        check: components["schemas"]["call_check"];
                        matter: components["schemas"]["matter"];
                    };
                };
            };
        };
    };
    "call_check.mark": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                call: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    marks: {
                        item: string;
                        points: number;
                        note?: string;
                    }[];
                    comment?: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["outcome"];
                };
            };
        };
    };
    "call_check.leave_out": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                call: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["outcome"];
                };
            };
        };
    };
    "call_check.object": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                call: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["outcome"];
                };
            };
        };
    };
    "call_check.decide": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                call: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    marks?: {
                        item: string;
                        points: number;
                        note?: string;
                    }[];
                    reason: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["outcome"];
                };
            };
        };
    };
    "call.limit": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    harassment: "abuse" | "repeated_silence" | "nuisance_calls" | "obscenity" | "threats";
                    account: string;
                };
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["outcome"];
                };
            };
        };
    };
    "call.ratings": {
        parameters: {
            query?: {
                from?: string;
                to?: string;
                by?: "day" | "seat";
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        from: string;
                        to: string;
                        total: components["schemas"]["call_ratings"];
                        rows: components["schemas"]["call_ratings_of"][];
                    };
                };
            };
        };
    };
    "notice.list": {
        parameters: {
            query?: {
                unread?: boolean;
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        notices: {
                            id: string;
                            number: string;
                            sort: "announcement" | "wording";
                            title: string;
                            text: string;
                            basis: string;
                            urgent: boolean;
                            pinned: string;
                            until: string;
                            class?: string;
                            region?: string;
                            read?: string;
                            readers?: {
                                read: number;
                                of: number;
                            };
                        }[];
                        unread: number;
                    };
                };
            };
        };
    };
    "notice.read": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": Record<string, unknown>;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        read: string;
                    };
                };
            };
        };
    };
    "notice.readers": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        number: string;
                        title: string;
                        pinned: boolean;
                        readers: {
                            read: number;
                            of: number;
                        };
                        read: {
                            login: string;
                            zh: string;
                            en: string;
                            at: string;
                        }[];
                        unread: {
                            login: string;
                            zh: string;
                            en: string;
                        }[];
                    };
                };
            };
        };
    };
    "rota.day": {
        parameters: {
            query?: {
                day?: string;
                kind?: "seat" | "unit" | "leader";
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        day: string;
                        duties: components["schemas"]["duty"][];
                    };
                };
            };
        };
    };
    "rota.now": {
        parameters: {
            query?: {
                kind?: "seat" | "unit" | "leader";
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        at: string;
                        duties: components["schemas"]["duty"][];
                    };
                };
            };
        };
    };
    "rota.duty_phone": {
        parameters: {
            query: {
                unit: string;
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        unit: string;
                        phone: string;
                        on_rota: boolean;
                        name?: string;
                    };
                };
            };
        };
    };
    "rota.import": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    csv: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        taken: number;
                        replaced: number;
                        already: number;
                        bad: {
                            line: number;
                            key: string;
                            column: string;
                            text: components["schemas"]["names"];
                        }[];
                    };
                };
            };
        };
    };
    "rota.strike": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": Record<string, unknown>;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ok: true;
                    };
                };
            };
        };
    };
    "rulebook.list": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rulebooks: {
                            name: string;
                            version: number;
                            hash: string;
                            current: boolean;
                            since: string;
                            open: number;
                            note?: string;
                            base?: string;
                            by?: {
                                login: string;
                                zh: string;
                                en: string;
                            };
                        }[];
                    };
                };
            };
        };
    };
    "rulebook.get": {
        parameters: {
            query?: {
                hash?: string;
                lang?: components["parameters"]["lang"];
            };
            path: {
                name: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        name: string;
                        version: number;
                        hash: string;
                        current: boolean;
                        since: string;
                        open: number;
                        note?: string;
                        base?: string;
                        by?: {
                            login: string;
                            zh: string;
                            en: string;
                        };
                        source: string;
                        said?: string;
                        shipped?: {
                            version: number;
                            same: boolean;
                            changes?: {
                                limits: {
                                    name: string;
                                    before: string[];
                                    after: string[];
                                }[];
                                stages: {
                                    added: string[];
                                    gone: string[];
                                };
                                steps: {
                                    added: string[];
                                    gone: string[];
                                };
                            };
                        };
                        check?: components["schemas"]["rulebook_check"];
                        kinds: string[];
                        limits: {
                            name: string;
                            line: number;
                            matter: boolean;
                            rows: {
                                when: string[];
                                limit: string;
                                yellow_days: number;
                            }[];
                            timers: string[];
                            steps: string[];
                        }[];
                        stages: {
                            name: string;
                            line: number;
                            final: boolean;
                            owner: string;
                            passes: {
                                to: string;
                                when: string[];
                            }[];
                        }[];
                        steps: {
                            name: string;
                            line: number;
                            from: string[];
                            to?: string;
                            opens: boolean;
                            clock: boolean;
                            share: boolean;
                            by: string[];
                            fields: {
                                name: string;
                                type: string;
                                required: boolean;
                                personal: boolean;
                                kept: boolean;
                                readers: string;
                                choices: string[];
                            }[];
                            needs: string[];
                            does: string[];
                        }[];
                        timers: {
                            name: string;
                            line: number;
                            after: string;
                            step: string;
                            when: string[];
                            stage?: string;
                            state?: string;
                        }[];
                    };
                };
            };
        };
    };
    "rulebook.read": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                name: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    text: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        faults: components["schemas"]["rulebook_fault"][];
                        hindrances: components["schemas"]["rulebook_fault"][];
                        name?: string;
                        version?: number;
                        hash?: string;
                        base?: string;
                        whole?: string;
                        changes?: {
                            limits: {
                                name: string;
                                before: string[];
                                after: string[];
                            }[];
                            stages: {
                                added: string[];
                                gone: string[];
                            };
                            steps: {
                                added: string[];
                                gone: string[];
                            };
                        };
                        check?: components["schemas"]["rulebook_check"];
                    };
                };
            };
        };
    };
    "rulebook.check": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                name: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    text: string;
                };
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rulebook_check"];
                };
            };
        };
    };
    "rulebook.checked": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            path: {
                name: string;
                hash: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rulebook_check"];
                };
            };
        };
    };
    "rulebook.check_stop": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                name: string;
                hash: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rulebook_check"];
                };
            };
        };
    };
    "rulebook.take": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                name: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    hash: string;
                    instead_of: string;
                    note: string;
                };
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        name: string;
                        version: number;
                        hash: string;
                    };
                };
            };
        };
    };
    "brief.day": {
        parameters: {
            query?: {
                day?: string;
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        day: string;
                        before: string;
                        at: string;
                        page: string;
                        sections: components["schemas"]["brief_section"][];
                    };
                };
            };
        };
    };
    "brief.page": {
        parameters: {
            query?: {
                day?: string;
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
    "brief.matters": {
        parameters: {
            query: {
                what: "filed" | "near" | "undispatched" | "incidents" | "to_report_up" | "instructions";
                day?: string;
                kind?: string;
                class?: string;
                channel?: string;
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        total: number;
                        matters: components["schemas"]["matter_row"][];
                    };
                };
            };
        };
    };
    "handover.list": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        handovers: components["schemas"]["handover"][];
                    };
                };
            };
        };
    };
    "handover.write": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    remarks: string;
                };
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["outcome"];
                };
            };
        };
    };
    "handover.one": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            path: {
                number: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["handover"];
                };
            };
        };
    };
    "handover.page": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            path: {
                number: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
    "figure.indicators": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        indicators: {
                            key: string;
                            name: components["schemas"]["names"];
                            formula: components["schemas"]["names"];
                            of_city: boolean;
                            numerator: string[];
                            less: string[];
                            denominator: string[];
                            excluded: string[];
                        }[];
                        points: {
                            indicator: string;
                            most: string;
                            least: string;
                            target: string;
                            slope: string;
                        }[];
                        bands: {
                            name: string;
                            group: string;
                            least: string;
                        }[];
                        league: boolean;
                        least_small: number;
                    };
                };
            };
        };
    };
    "figure.months": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        months: {
                            month: string;
                            over: boolean;
                            frozen?: components["schemas"]["frozen_month"];
                        }[];
                    };
                };
            };
        };
    };
    "figure.month": {
        parameters: {
            query?: {
                units?: "then" | "today";
                lang?: components["parameters"]["lang"];
            };
            path: {
                month: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        month: string;
                        scope: {
                            of: "city" | "district" | "unit";
                            unit?: components["schemas"]["unit"];
                        };
                        units?: string;
                        frozen?: components["schemas"]["frozen_month"];
                        figures: components["schemas"]["figure"][];
                        corrections: components["schemas"]["figure_correction"][];
                    };
                };
            };
        };
    };
    "figure.by_unit": {
        parameters: {
            query?: {
                group?: string;
                units?: "then" | "today";
                lang?: components["parameters"]["lang"];
            };
            path: {
                month: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        month: string;
                        scope: {
                            of: "city" | "district" | "unit";
                            unit?: components["schemas"]["unit"];
                        };
                        units?: string;
                        frozen?: components["schemas"]["frozen_month"];
                        classes: components["schemas"]["unit_class"][];
                    };
                };
            };
        };
    };
    "figure.by_value": {
        parameters: {
            query: {
                by: "kind" | "class" | "region" | "channel";
                unit?: string;
                units?: "then" | "today";
                lang?: components["parameters"]["lang"];
            };
            path: {
                month: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        month: string;
                        scope: {
                            of: "city" | "district" | "unit";
                            unit?: components["schemas"]["unit"];
                        };
                        units?: string;
                        frozen?: components["schemas"]["frozen_month"];
                        by: string;
                        values: {
                            value: string;
                            figures: components["schemas"]["figure"][];
                            list: string | null;
                        }[];
                    };
                };
            };
        };
    };
    "figure.freeze": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                month: string;
            };
        };
        requestBody: {
            content: {
                "application/json": Record<string, unknown>;
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        month: string;
                        frozen: components["schemas"]["frozen_month"];
                    };
                };
            };
        };
    };
    "figure.correct": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            header?: {
                "X-CSRF-Token"?: components["parameters"]["csrf"];
            };
            path: {
                month: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        month: string;
                        correction: {
                            no: number;
                            at: string;
                            by?: components["schemas"]["names"];
                            reason: string;
                            journal: components["schemas"]["journal_stand"];
                        };
                    };
                };
            };
        };
    };
    "figure.by_unit_csv": {
        parameters: {
            query?: {
                units?: "then" | "today";
                lang?: components["parameters"]["lang"];
            };
            path: {
                month: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
        };
    };
    "figure.by_unit_xlsx": {
        parameters: {
            query?: {
                units?: "then" | "today";
                lang?: components["parameters"]["lang"];
            };
            path: {
                month: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
        };
    };
    "figure.heat": {
        parameters: {
            query?: {
                days?: number;
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        days: number;
                        least: number;
                        places: {
                            lat: number;
                            lon: number;
                            matters: number;
                        }[];
                    };
                };
            };
        };
    };
    "open_figure.months": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        months: {
                            month: string;
                            number: number;
                            at: string;
                            root: string;
                        }[];
                        indicators: {
                            key: string;
                            name: string;
                            formula: string;
                        }[];
                    };
                };
            };
        };
    };
    "open_figure.month": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
            path: {
                month: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        month: string;
                        number: number;
                        at: string;
                        root: string;
                        figures: components["schemas"]["figure"][];
                        classes: {
                            group: string;
                            name: components["schemas"]["names"];
                            figures: components["schemas"]["figure"][];
                        }[];
                        corrections: {
                            no: number;
                            at: string;
                            changed: {
                                before: components["schemas"]["figure"];
                                after: components["schemas"]["figure"];
                            }[];
                        }[];
                    };
                };
            };
        };
    };
    "map.tiles": {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        tiles: string;
                    };
                };
            };
        };
    };
    metrics: {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
        };
    };
    openapi: {
        parameters: {
            query?: {
                lang?: components["parameters"]["lang"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        openapi: "3.1.0";
                        info: Record<string, unknown>;
                        servers: Record<string, unknown>[];
                        tags: Record<string, unknown>[];
                        security: Record<string, unknown>[];
                        paths: Record<string, unknown>;
                        components: Record<string, unknown>;
                    };
                };
            };
        };
    };
}
