"""The life of the half-year report in the browser: asked for on 03/5, contributed to, heard by the
collective on 13/6 and by the Party on 17/6, approved, issued, and looked at after a correction."""

import re


def submit(page):
    page.click("form.form button.btn-primary")


def test_from_the_request_to_the_issued_document(visit):
    planner = visit("ke-hoach")
    planner.goto("/dot-bao-cao/")
    planner.click("text=Mở đợt báo cáo")
    planner.select_option("[name=report]", "socioeconomic")
    planner.fill("[name=period]", "2024-H1")
    planner.fill("[name=request_symbol]", "1897/KHĐT-THQH")
    planner.fill("[name=opened_on]", "03/5/2024")
    planner.fill("[name=due_on]", "20/5/2024")
    planner.fill("[name=as_of]", "15/6/2024")
    planner.fill("[name=unit]", "Sở Kế hoạch và Đầu tư")
    submit(planner)
    planner.wait_for_url(re.compile(r"/dot-bao-cao/\d+/$"))
    campaign = planner.url
    assert "1897/KHĐT-THQH" in planner.inner_text("main")
    assert "quá hạn" in planner.inner_text("#don-vi")

    head = visit("giam-doc-so")
    head.goto(campaign)
    head.click("#main >> text=Đất đai, tài nguyên và môi trường >> nth=0")
    assert "Đã quá hạn gửi" in head.inner_text("main")
    head.fill("[name=text]", "Công tác đất đai sáu tháng: đã cấp giấy cho các hộ đủ điều kiện.")
    submit(head)
    head.wait_for_url(campaign)
    assert "sau hạn" in head.inner_text("main")

    planner.goto(campaign)
    planner.click("text=Lập bản dự thảo")
    planner.fill("[name=note]", "Tổng hợp lần đầu")
    submit(planner)
    planner.wait_for_url(re.compile(r"/ban/1/$"))
    assert planner.locator("[data-figure]").count() > 50

    for body, day in (("collective", "13/6/2024"), ("standing_party", "17/6/2024")):
        planner.goto(campaign)
        planner.click("text=Ghi lần xin ý kiến")
        planner.select_option("[name=body]", body)
        planner.fill("[name=held_on]", day)
        submit(planner)
        planner.wait_for_url(campaign)
    steps = planner.inner_text("ol.story")
    order = [steps.index(day) for day in ("03/5/2024", "13/6/2024", "17/6/2024")]
    assert order == sorted(order)

    planner.click("#main a.btn:text('Ghi ý kiến') >> nth=0")
    planner.fill("[name=author]", "Thành viên Ủy ban")
    planner.fill("[name=text]", "Nêu rõ nguyên nhân.")
    submit(planner)
    planner.wait_for_url(campaign)

    leader = visit("lanh-dao")
    leader.goto(campaign)
    leader.click("text=Duyệt bản dự thảo")
    submit(leader)
    assert "1 ý kiến chưa có quyết định" in leader.inner_text("main")

    planner.click("a:text-is('Quyết định')")
    planner.check("[name=decision][value=accepted]")
    submit(planner)
    planner.wait_for_url(campaign)

    submit(leader)
    leader.wait_for_url(campaign)

    clerk = visit("van-thu")
    clerk.goto(campaign)
    clerk.click("a.btn:has-text('Phát hành')")
    clerk.fill("[name=signer]", "PHÓ CHỦ TỊCH")
    clerk.fill("[name=recipients]", "Hội đồng nhân dân Thành phố")
    submit(clerk)
    clerk.wait_for_url(re.compile(r"/da-phat-hanh/$"))
    assert "Mọi số liệu hôm nay vẫn như lúc phát hành" in clerk.inner_text("main")
    clerk.click("text=Văn bản đã phát hành và tệp")
    assert "bao-cao.pdf" in clerk.inner_text("main")
