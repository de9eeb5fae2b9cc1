"""A head goes on leave: somebody else does the work, and every page says so, in every look."""

from tests.journeys.test_accessible import AXE, LOOKS, RUN


def test_somebody_does_the_work_of_a_head_on_leave(visit):
    head = visit("giam-doc-so")
    head.goto("/uy-quyen/them/")
    head.fill("[name=stand_in]", "Nguyễn Thu Hằng")
    head.fill("[name=ends_on]", "21/6/2024")
    head.click("form.form button.btn-primary")
    assert head.locator(".field.bad").count() == 1, "the document is missing and says so"
    assert head.input_value("[name=stand_in]") == "Nguyễn Thu Hằng", "what was typed is kept"
    head.fill("[name=basis]", "15/GUQ-STNMT")
    head.click("form.form button.btn-primary")
    head.wait_for_url("**/uy-quyen/")

    officer = visit("chuyen-vien", bypass_csp=True)
    officer.click("details.menu > summary")
    officer.click("text=Ủy quyền, làm thay")
    officer.click("text=Làm thay ông/bà Phạm Quốc Bảo")
    officer.locator("section.asof").wait_for()
    assert "Đang làm thay Phạm Quốc Bảo, đến hết ngày 21/6/2024" in officer.inner_text(
        "section.asof"
    )
    assert "Sở Tài nguyên và Môi trường" in officer.inner_text("main")

    faults = []
    for page, url in ((officer, "/"), (officer, "/uy-quyen/"), (head, "/uy-quyen/")):
        for scheme, size, only in LOOKS:
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size(size)
            page.goto(url)
            if page is officer:
                page.add_script_tag(path=AXE)
                faults += [f"{url} {scheme} {size}: {one}" for one in page.evaluate(RUN, only)]
            if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                faults.append(f"{url} {size['width']}: scrolls sideways")
    assert not faults, "\n".join(faults)

    officer.click("text=Thôi làm thay")
    officer.locator("section.asof").wait_for(state="detached")
