"""How Sphinx builds this documentation."""

import re
from importlib import import_module
from importlib.metadata import version as version_of
from pkgutil import walk_packages

from pygments.lexers.python import PythonConsoleLexer
from pygments.token import Generic
from sphinx.ext.napoleon import GoogleDocstring
from sphinx.pycode import ModuleAnalyzer

import tbtier
from tbtier.rules import Source, sources
from tbtier.rules.rulebook import RULE

project = "tbtier"
copyright = author = "The tbtier team"
version = release = version_of("tbtier")

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.autosummary", "sphinx.ext.napoleon", "sphinx_copybutton"]
exclude_patterns = ["examples"]
default_role = "code"

myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3
myst_html_meta = {"description": "Work out a Salesforce partner's tier on any day, and see the rule and source behind it."}

nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 60

add_module_names = False
autodoc_member_order = "bysource"
autodoc_default_options = {"members": True}
autodoc_type_aliases = {"Score": "Score", "Scores": "Scores"}
autosummary_generate = False
napoleon_google_docstring = False  # see `setup`
napoleon_numpy_docstring = False

copybutton_prompt_text = r">>> |\.\.\. "
copybutton_prompt_is_regexp = True
copybutton_only_copy_prompt_lines = True

html_theme = "furo"
html_title = f"tbtier {version}"
html_copy_source = False
html_use_index = False
html_domain_indices = False
html_static_path = ["_static"]
html_css_files = ["pages.css"]

OUTPUT = re.compile(r'(<span class="go[^>]*>|<span class="gr">[^<]*</span>: <span class="n">)(.*?)(?=</span>)')
COLUMNS = re.compile(r"\S {2,}\S|^ {4,}\S")
MODULES = [module.name for module in walk_packages(tbtier.__path__, "tbtier.")]
CITED = {*RULE, *(one.id for one in vars(sources).values() if isinstance(one, Source))} - {sources.SILENCE.id}
ID = re.compile(r"\b[RDKS]\d+[a-c]?\b")


class SessionLexer(PythonConsoleLexer):
    def get_tokens_unprocessed(self, text):
        # The style sheet wraps sentences, but not rows of columns.
        for index, token, value in super().get_tokens_unprocessed(text):
            in_columns = token is Generic.Output and COLUMNS.search(value)
            yield index, Generic.Output.Columns if in_columns else token, value


def link_ids(app, pagename, templatename, context, doctree):  # noqa: ARG001  # Sphinx passes them all
    # The output in an example cites rules and sources, and a reader wants to look them up.
    if "body" not in context:
        return
    rules = context["pathto"]("rules")

    def linked(found):
        cited = found.group()
        return f'<a href="{rules.partition("#")[0]}#{cited.lower()}">{cited}</a>' if cited in CITED else cited

    body = OUTPUT.sub(lambda line: line[1] + ID.sub(linked, line[2]), context["body"])
    context["body"] = re.sub(rf"(?<=\(rule ){ID.pattern}", linked, body)


def read_data(app, what, name, obj, options, lines):  # noqa: ARG001  # Sphinx passes them all
    # A package hands on data from its modules, and autodoc looks for their docstrings in the package alone.
    if what == "data":
        name = name.rpartition(".")[2]
        for module in MODULES:
            docstring = ModuleAnalyzer.for_module(module).find_attr_docs().get(("", name))
            if docstring and getattr(import_module(module), name) is obj:
                lines[:] = docstring


def read_sections(app, what, name, obj, options, lines):  # noqa: ARG001  # Sphinx passes them all
    # Without `what` and `name`, napoleon does not read the text before a colon as the type of an attribute.
    lines[:] = GoogleDocstring(lines, app.config, app).lines()


def setup(app):
    app.add_lexer("pycon", SessionLexer)
    app.connect("autodoc-process-docstring", read_data)
    app.connect("autodoc-process-docstring", read_sections)
    app.connect("html-page-context", link_ids)
