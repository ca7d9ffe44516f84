// In whose name somebody is here: their own, or a company's they have a mandate of. As long as the tab; the server looks at the
// mandate with each request, so one that was withdrawn ends here with the next.
import { reactive } from 'vue';
import { acting, type Problem } from '@/api/client';
import { words } from '@/words/words';

export interface ActsFor {
  code: string;
  name: string;
  scope: 'see' | 'act';
}
const kName = 'banyan.acting';
function read(): ActsFor | undefined {
  try {
    return (JSON.parse(sessionStorage.getItem(kName) ?? 'null') as ActsFor | null) ?? undefined;
  } catch {
    return undefined;
  }
}
export const onBehalf = reactive({ company: read(), why: '' });
acting.company = onBehalf.company?.code ?? '';

function set(company: ActsFor | undefined) {
  onBehalf.company = company;
  acting.company = company?.code ?? '';
  try {
    if (company) sessionStorage.setItem(kName, JSON.stringify(company));
    else sessionStorage.removeItem(kName);
  } catch {
    // a browser that keeps nothing: it holds as long as the page
  }
}
export function actFor({ code, name, scope }: ActsFor) {
  onBehalf.why = '';
  set({ code, name, scope });
}
export const toMyself = () => set(undefined);
acting.ended = (problem: Problem) => {
  onBehalf.why = problem.text[words.language];
  toMyself();
};
