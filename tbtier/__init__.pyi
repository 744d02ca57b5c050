from tbtier import errors as errors
from tbtier.auditing.audit import audit as audit
from tbtier.auditing.audit import audit_rows as audit_rows
from tbtier.auditing.findings import Finding as Finding
from tbtier.evaluation.decisions import Decision as Decision
from tbtier.evaluation.diff import Difference as Difference
from tbtier.evaluation.diff import diff as diff
from tbtier.evaluation.explanations import Explanation as Explanation
from tbtier.evaluation.periods import TierPeriod as TierPeriod
from tbtier.evaluation.scores import Score as Score
from tbtier.evaluation.scores import ScoreHistory as ScoreHistory
from tbtier.evaluation.timeline import Timeline as Timeline
from tbtier.evaluation.timeline import evaluate as evaluate
from tbtier.fiscal import FiscalQuarter as FiscalQuarter
from tbtier.fiscal import FiscalYear as FiscalYear
from tbtier.fiscal import ProgramYear as ProgramYear
from tbtier.planning.answers import Impossible as Impossible
from tbtier.planning.answers import Open as Open
from tbtier.planning.answers import Option as Option
from tbtier.planning.answers import Plan as Plan
from tbtier.planning.answers import Secured as Secured
from tbtier.planning.outlook import Outlook as Outlook
from tbtier.planning.outlook import outlook as outlook
from tbtier.planning.plan import plan as plan
from tbtier.rules.program import Program as Program
from tbtier.rules.tiers import Tier as Tier

__version__: str
